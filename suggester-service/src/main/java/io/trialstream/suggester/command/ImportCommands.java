package io.trialstream.suggester.command;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrialId;
import io.trialstream.space.Configuration;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.StudyHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Adds imported trials to studies. Thread-safe. */
@ApplicationScoped
public class ImportCommands {
    private final CommandExecutor executor;

    /** Requests are performed by this executor. */
    public ImportCommands(CommandExecutor executor) {
        this.executor = executor;
    }

    /**
     * An imported trial.
     *
     * @param trialId its identity in the study
     * @param run the run under which its epochs are reported; empty for one that was trained here, which has its own
     * @param isNew false where it is an export of the study's own, or an earlier import or line brought the same content
     */
    public record Numbered(TrialId trialId, Optional<Run> run, boolean isNew) {

        private static Numbered imported(Run run, boolean isNew) {
            return new Numbered(run.trialId(), Optional.of(run), isNew);
        }
    }

    /**
     * Adds trials with their results, all of them in one transaction. What was imported into the study before keeps
     * its number, and so do the study's own trials: those that name their identity and have that trial's
     * configuration. A study that has ended takes them too: they are results, not work.
     *
     * @return the trials in the order of the evidence, after the commit
     */
    public CompletableFuture<List<Numbered>> importTrials(String idOrName, List<ImportedEvidence> evidence) {
        return executor.submit((context, commit) -> {
            ActiveStudy study = context.study(idOrName);
            Map<String, LedgerRecord> added = new LinkedHashMap<>();
            List<Numbered> numbered = new ArrayList<>();
            OwnTrials own = OwnTrials.of(study, evidence);
            for (ImportedEvidence trial : evidence) {
                numbered.add(own.find(trial)
                        .orElseGet(() ->
                                number(study, trial, added, context.decisions().now())));
            }
            if (!added.isEmpty()) {
                context.updates().add(study, List.copyOf(added.values()), commit);
            }
            return List.copyOf(numbered);
        });
    }

    /**
     * The study's trials by number.
     *
     * @param configurations what they try
     * @param imported the runs of those that were imported
     */
    private record OwnTrials(String studyId, Map<Integer, Configuration> configurations, Map<Integer, Run> imported) {

        /** All of them, where any of the file claims to be one. */
        static OwnTrials of(ActiveStudy study, List<ImportedEvidence> evidence) {
            OwnTrials none = new OwnTrials(study.studyId(), Map.of(), Map.of());
            return evidence.stream().anyMatch(trial -> none.claimed(trial).isPresent())
                    ? new OwnTrials(
                            study.studyId(),
                            study.history().configurations(),
                            study.history().importedRuns())
                    : none;
        }

        /** The trial that this one is an export of; a configuration has one key, however it is written. */
        Optional<Numbered> find(ImportedEvidence trial) {
            return claimed(trial)
                    .filter(id -> configurations.containsKey(id.number())
                            && configurations
                                    .get(id.number())
                                    .key()
                                    .equals(trial.configuration().key()))
                    .map(id -> new Numbered(id, Optional.ofNullable(imported.get(id.number())), false));
        }

        private Optional<TrialId> claimed(ImportedEvidence trial) {
            return trial.exportedAs().filter(id -> id.studyId().equals(studyId));
        }
    }

    private static Numbered number(
            ActiveStudy study, ImportedEvidence trial, Map<String, LedgerRecord> added, Instant now) {
        StudyHistory history = study.history();
        String content = trial.result().contentHash();
        Optional<Run> known = Optional.ofNullable(added.get(content))
                .flatMap(LedgerRecord::importedRun)
                .or(() -> history.imported(content));
        if (known.isPresent()) {
            return Numbered.imported(known.get(), false);
        }
        LedgerRecord record = RequestContext.proposer(study)
                .imported(
                        history,
                        history.record().nextNumber() + added.size(),
                        trial.configuration(),
                        trial.result(),
                        now);
        added.put(content, record);
        return Numbered.imported(record.importedRun().orElseThrow(), true);
    }
}

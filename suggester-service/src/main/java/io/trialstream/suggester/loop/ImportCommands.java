package io.trialstream.suggester.loop;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Run;
import io.trialstream.suggester.loop.StudyRefusedException.Code;
import io.trialstream.suggester.study.StudyHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Numbers imported trials. Thread-safe. */
@ApplicationScoped
public class ImportCommands {
    private final SuggesterLoop loop;

    /** Requests are performed on this loop. */
    public ImportCommands(SuggesterLoop loop) {
        this.loop = loop;
    }

    /**
     * An imported trial.
     *
     * @param run names the trial, and the run under which its epochs are reported
     * @param isNew false where an earlier import, or an earlier line, brought the same content
     */
    public record Numbered(Run run, boolean isNew) {}

    /**
     * Adds trials with their results, all of them in one transaction. What the study has been given before keeps its
     * number. A study that has ended takes them too: they are results, not work.
     *
     * @return the trials in the order of the evidence, after the commit
     */
    public CompletableFuture<List<Numbered>> importTrials(String idOrName, List<ImportedEvidence> evidence) {
        return loop.submit((desk, changes) -> {
            ActiveStudy study = desk.studies()
                    .find(idOrName)
                    .orElseThrow(
                            () -> new StudyRefusedException(Code.NOT_FOUND, "there is no study '" + idOrName + "'"));
            Map<String, LedgerRecord> added = new LinkedHashMap<>();
            List<Numbered> numbered = new ArrayList<>();
            for (ImportedEvidence trial : evidence) {
                numbered.add(number(study, trial, added, desk.decisions()));
            }
            if (!added.isEmpty()) {
                StudyHistory history = study.history();
                desk.decisions().study(study, history.record().withNumbersGiven(added.size()), changes);
                added.values().forEach(record -> desk.decisions().ledger(study, record, changes));
            }
            return List.copyOf(numbered);
        });
    }

    private static Numbered number(
            ActiveStudy study, ImportedEvidence trial, Map<String, LedgerRecord> added, Decisions decisions) {
        StudyHistory history = study.history();
        String content = trial.result().contentHash();
        Optional<Run> known = Optional.ofNullable(added.get(content))
                .flatMap(LedgerRecord::importedRun)
                .or(() -> history.imported(content));
        if (known.isPresent()) {
            return new Numbered(known.get(), false);
        }
        LedgerRecord record = StudyCommands.proposerOf(study)
                .imported(
                        history,
                        history.record().nextNumber() + added.size(),
                        trial.configuration(),
                        trial.result(),
                        decisions.clock().instant());
        added.put(content, record);
        return new Numbered(record.importedRun().orElseThrow(), true);
    }
}

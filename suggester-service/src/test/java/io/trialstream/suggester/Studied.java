package io.trialstream.suggester;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.suggester.state.Draft;
import io.trialstream.suggester.state.Proposer;
import io.trialstream.suggester.state.StudyHistory;
import io.trialstream.tpe.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tests of the suggester are made of: one small study and what happens in it. */
public final class Studied {
    /** The time of all records. */
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Studied() {}

    /** A study file of a continuous and a categorical parameter. */
    public static Map<String, Object> file(String name, int trials) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("name", name);
        file.put("objective", Map.of("metric", "objective", "direction", "maximize"));
        file.put("sampler", Map.of("type", "random", "seed", 7));
        file.put("budget", Map.of("trials", trials));
        file.put("training", Map.of("workload", "sleep", "epochs", 2, "epochDuration", "PT0.01S"));
        file.put("space", Map.of("x", Map.of("uniform", List.of(0, 1)), "kind", Map.of("choice", List.of("a", "b"))));
        return file;
    }

    /** The first record of a study with this budget. */
    public static StudyRecord study(String studyId, int trials) {
        return StudyRecord.created(studyId, StudySpec.read(file(studyId, trials)), Optional.empty(), NOW);
    }

    /** The study's next trial as its sampler suggests it; not applied to the history yet. */
    public static LedgerRecord next(Proposer proposer, StudyHistory history) {
        Draft draft = Proposer.draft(history);
        return proposer.proposed(
                history.record().studyId(), draft, (Suggestion.Suggested) proposer.suggest(draft), NOW);
    }

    /** A run of a trial's present dispatch. */
    public static Run run(LedgerRecord ledger, String runId) {
        return new Run(
                ledger.studyId(), ledger.number(), ledger.dispatch(), runId, "trainer-1", ledger.configurationHash());
    }

    public static TrialReport.Started started(LedgerRecord ledger, String runId) {
        return new TrialReport.Started(
                run(ledger, runId), "sleep", "none", 1, 2, Optional.empty(), Optional.empty(), NOW);
    }

    public static TrialReport errored(LedgerRecord ledger, String runId) {
        return new TrialReport.Errored(run(ledger, runId), 1, new Reason("DISK_FULL", "no space left"), NOW);
    }

    public static TrialReport interrupted(LedgerRecord ledger, String runId) {
        return new TrialReport.Interrupted(run(ledger, runId), 1, new Reason("DRAINED", "the trainer stops"), NOW);
    }

    public static TrialReport finished(LedgerRecord ledger, String runId, double objective) {
        return new TrialReport.Finished(
                run(ledger, runId),
                TrialState.COMPLETED,
                Optional.of(objective),
                2,
                2,
                Map.of("objective", objective),
                Map.of("objective", objective),
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                NOW);
    }

    public static Outcome completed(LedgerRecord ledger, long evidenceNumber, double objective) {
        return Outcome.evidence(ledger.trialId(), evidenceNumber, row(ledger), completed(objective));
    }

    /** The outcome of a trial that trained another one again. */
    public static Outcome retrained(LedgerRecord ledger, double objective) {
        return Outcome.ofRetrain(ledger.trialId(), row(ledger), completed(objective));
    }

    public static Outcome ended(LedgerRecord ledger, TrialState state, Optional<Long> evidenceNumber) {
        Outcome.End end = new Outcome.End(
                state, Optional.empty(), 1, Optional.empty(), Optional.of(new Reason("TEST", "for a test")));
        return evidenceNumber
                .map(number -> Outcome.evidence(ledger.trialId(), number, row(ledger), end))
                .orElseGet(() -> Outcome.withoutEvidence(ledger.trialId(), row(ledger), end));
    }

    /** The outcome of a trial that FAILED with this code. */
    public static Outcome failed(LedgerRecord ledger, String code) {
        Reason reason = new Reason(code, "for a test");
        return Outcome.withoutEvidence(
                ledger.trialId(),
                row(ledger),
                new Outcome.End(TrialState.FAILED, Optional.empty(), 0, Optional.empty(), Optional.of(reason)));
    }

    private static Outcome.Row row(LedgerRecord ledger) {
        return new Outcome.Row(1, ledger.configurationHash(), NOW);
    }

    private static Outcome.End completed(double objective) {
        return new Outcome.End(TrialState.COMPLETED, Optional.of(objective), 2, Optional.of("run-1"), Optional.empty());
    }

    public static TrainerEvent.Heartbeat gone(String trainerId) {
        return new TrainerEvent.Heartbeat(
                trainerId, "default", TrainerEvent.State.STOPPED, 2, 1, "sleep", "none", List.of());
    }

    public static TrainerEvent.Heartbeat ready(String trainerId, int slots, TrainerEvent.RunStatus... runs) {
        return new TrainerEvent.Heartbeat(
                trainerId, "default", TrainerEvent.State.READY, 1, slots, "sleep", "none", List.of(runs));
    }
}

package io.trialstream.contracts.testing;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.ImportedResult;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.Retrain;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.SamplerStamp;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialReport.ResumePoint;
import io.trialstream.contracts.TrialState;
import io.trialstream.space.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages about one trial, with everything that a test does not care about filled in. */
public record ATrial(String studyId, int number) {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    public static ATrial aTrial(AStudy study, int number) {
        return new ATrial(study.studyId(), number);
    }

    public TrialId trialId() {
        return new TrialId(studyId, number);
    }

    public String id() {
        return studyId + ":" + number;
    }

    public String hash() {
        return "hash-" + number;
    }

    public LedgerRecord proposed() {
        return proposed(1);
    }

    public LedgerRecord proposed(int dispatch) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("lr", 0.25 + number);
        configuration.put("optimizer", null);
        LedgerRecord proposed = LedgerRecord.proposed(
                new TrialId(studyId, number),
                new LedgerRecord.Point(configuration, Map.of("lr", 0.25 + number, "optimizer", 0.0), hash()),
                Origin.STARTUP,
                new LedgerRecord.Basis(0, List.of(), new SamplerStamp("hyperopt", 1)),
                AT);
        while (proposed.dispatch() < dispatch) {
            proposed = proposed.dispatchedAgain();
        }
        return proposed;
    }

    /** A trial that trains another one again. */
    public LedgerRecord retrains(ATrial other) {
        LedgerRecord earlier = other.proposed();
        return LedgerRecord.retrain(
                        new TrialId(studyId, number),
                        new LedgerRecord.Point(earlier.configuration(), earlier.assignment(), hash()),
                        new Retrain(other.number(), Optional.empty()),
                        earlier.sampler(),
                        AT)
                .dispatchedAgain();
    }

    /** A trial that comes with its result. */
    public LedgerRecord imported(TrialState state, Optional<Double> objective) {
        LedgerRecord proposed = proposed();
        ImportedResult result = new ImportedResult(
                Sha256.hex(id().getBytes(StandardCharsets.UTF_8)),
                "model-" + number,
                studyId + "-run-" + number,
                state,
                objective,
                2,
                2,
                objective.map(value -> Map.of("objective", value)).orElse(Map.of()),
                Map.of(),
                Duration.ZERO,
                objective.isPresent()
                        ? Optional.empty()
                        : Optional.of(Reason.of(ReasonCode.NON_FINITE_LOSS, "it diverged")),
                AT);
        return LedgerRecord.imported(new TrialId(studyId, number), proposed.point(), result, proposed.sampler(), AT);
    }

    public Run run(String runId) {
        return run(runId, 1);
    }

    public Run run(String runId, int dispatch) {
        return new Run(studyId, number, dispatch, id() + "-" + runId, "trainer-1", hash());
    }

    public TrialReport.Started started(String runId) {
        return started(run(runId), Optional.empty());
    }

    public TrialReport.Started started(Run run, Optional<ResumePoint> resumedFrom) {
        return new TrialReport.Started(run, "sleep 1", "cpu", 1, 3, Optional.empty(), resumedFrom, AT.plusSeconds(10));
    }

    public EpochReport epoch(String runId, int epoch, double value) {
        return epoch(run(runId), epoch, value);
    }

    public EpochReport epoch(Run run, int epoch, double value) {
        return new EpochReport(
                run, epoch, metrics(value), Duration.ofMillis(1500), Optional.empty(), AT.plusSeconds(10 + epoch));
    }

    public TrialReport.Finished completed(String runId, double objective) {
        return new TrialReport.Finished(
                run(runId),
                TrialState.COMPLETED,
                Optional.of(objective),
                3,
                2,
                metrics(objective),
                metrics(objective / 2),
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.empty(),
                AT.plusSeconds(20));
    }

    public TrialReport.Finished ended(String runId, TrialState state) {
        return new TrialReport.Finished(
                run(runId),
                state,
                Optional.empty(),
                1,
                0,
                Map.of(),
                metrics(Double.NaN),
                Duration.ofSeconds(1),
                Optional.of(Reason.of(ReasonCode.NON_FINITE_LOSS, "the loss was NaN in epoch 1")),
                Optional.empty(),
                AT.plusSeconds(20));
    }

    private static Map<String, Double> metrics(double value) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("objective", value);
        metrics.put("loss", 1 - value);
        return metrics;
    }
}

package io.trialstream.contracts;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trial exists when this record is committed. It fixes the configuration for ever and holds what is needed to derive
 * the suggestion again: the evidence watermark, the pending trials and the sampler with its version.
 *
 * @param studyId the trial's study
 * @param number the trial's number within the study
 * @param configuration the values under the space's keys; JSON null is a value
 * @param assignment the active parameters by label: the value, or the index of the chosen option
 * @param configurationHash identifies the configuration; a report with another one is refused
 * @param dispatch how often the trial was queued, 0 while an enqueued one still waits for a free slot
 * @param evidenceWatermark the highest evidence number that the suggestion saw, 0 for none
 * @param pending the numbers of the trials that were under way when the suggestion was made
 * @param sampler the sampler that made the suggestion
 * @param origin where the configuration came from
 * @param failure set by the suggester when it gives the trial up
 * @param imported what came of it, where it was imported with its result: such a trial is never queued
 * @param proposedAt when the trial was proposed first, by the suggester's clock
 * @param cancellation set by the suggester when it ends a trial that no run has begun, or whose last run is gone
 * @param retrain the earlier trial that this one trains again: no evidence, and nothing of the budget
 */
public record LedgerRecord(
        String studyId,
        int number,
        Map<String, Object> configuration,
        Map<String, Double> assignment,
        String configurationHash,
        int dispatch,
        long evidenceWatermark,
        List<Integer> pending,
        SamplerStamp sampler,
        Origin origin,
        Optional<Reason> failure,
        Optional<ImportedResult> imported,
        Instant proposedAt,
        Optional<Reason> cancellation,
        Optional<Retrain> retrain)
        implements Message {

    /** Refuses absent fields and copies the collections. */
    public LedgerRecord {
        Require.studyId(studyId);
        Require.atLeast("number", 0, number);
        configuration =
                Collections.unmodifiableMap(new LinkedHashMap<>(Require.present("configuration", configuration)));
        assignment = Require.numbers("assignment", assignment);
        Require.id("configurationHash", configurationHash);
        Require.atLeast("dispatch", 0, dispatch);
        Require.atLeast("evidenceWatermark", 0L, evidenceWatermark);
        pending = Require.list("pending", pending);
        pending.forEach(other -> Require.atLeast("pending", 0, other));
        Require.present("sampler", sampler);
        Require.present("origin", origin);
        failure = failure == null ? Optional.empty() : failure;
        imported = imported == null ? Optional.empty() : imported;
        if (imported.isPresent() != (origin == Origin.IMPORTED)) {
            throw new IllegalArgumentException(
                    "imported belongs to origin IMPORTED and to nothing else, got " + origin);
        }
        Require.present("proposedAt", proposedAt);
        cancellation = cancellation == null ? Optional.empty() : cancellation;
        retrain = retrain == null ? Optional.empty() : retrain;
        if (retrain.isPresent() != (origin == Origin.RETRAIN)) {
            throw new IllegalArgumentException("retrain belongs to origin RETRAIN and to nothing else, got " + origin);
        }
    }

    /** A trial that is to be trained, and was not cancelled. */
    public LedgerRecord(
            String studyId,
            int number,
            Map<String, Object> configuration,
            Map<String, Double> assignment,
            String configurationHash,
            int dispatch,
            long evidenceWatermark,
            List<Integer> pending,
            SamplerStamp sampler,
            Origin origin,
            Optional<Reason> failure,
            Instant proposedAt) {
        this(
                studyId,
                number,
                configuration,
                assignment,
                configurationHash,
                dispatch,
                evidenceWatermark,
                pending,
                sampler,
                origin,
                failure,
                Optional.empty(),
                proposedAt,
                Optional.empty(),
                Optional.empty());
    }

    /** The final report that an imported trial comes with. */
    public Optional<TrialReport.Finished> importedReport() {
        return imported.map(result -> result.reportOf(this));
    }

    /** The run under which an imported trial's epochs are reported. */
    public Optional<Run> importedRun() {
        return imported.map(result -> result.runOf(this));
    }

    /** This trial's identity. */
    public TrialId trialId() {
        return new TrialId(studyId, number);
    }

    /** Whether the suggester has ended the trial, one way or the other. */
    public boolean hasEnded() {
        return failure.isPresent() || cancellation.isPresent();
    }

    /** The same trial, queued once more. */
    public LedgerRecord dispatchedAgain() {
        return with(dispatch + 1, failure, cancellation);
    }

    /** The same trial, given up for this reason. */
    public LedgerRecord failed(Reason reason) {
        return with(dispatch, Optional.of(reason), cancellation);
    }

    /** The same trial, cancelled for this reason. */
    public LedgerRecord cancelled(Reason reason) {
        return with(dispatch, failure, Optional.of(reason));
    }

    private LedgerRecord with(int newDispatch, Optional<Reason> newFailure, Optional<Reason> newCancellation) {
        return new LedgerRecord(
                studyId,
                number,
                configuration,
                assignment,
                configurationHash,
                newDispatch,
                evidenceWatermark,
                pending,
                sampler,
                origin,
                newFailure,
                imported,
                proposedAt,
                newCancellation,
                retrain);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}

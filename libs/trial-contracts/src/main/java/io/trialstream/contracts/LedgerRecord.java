package io.trialstream.contracts;

import io.trialstream.space.Configuration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trial exists when this record is committed. It fixes the configuration for ever and holds what is needed to derive
 * the suggestion again: the evidence watermark, the pending trials and the sampler with its version. Made by {@link
 * #proposed}, {@link #enqueued}, {@link #imported} and {@link #retrain(TrialId, Point, Retrain, SamplerStamp, Instant)};
 * the constructor is for the JSON mapping.
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

    /**
     * What a trial tries.
     *
     * @param configuration the values under the space's keys; JSON null is a value
     * @param assignment the active parameters by label: the value, or the index of the chosen option
     * @param hash identifies the configuration
     */
    public record Point(Map<String, Object> configuration, Map<String, Double> assignment, String hash) {

        /** A point of a search space. */
        public static Point of(Configuration configuration) {
            return new Point(configuration.values(), configuration.assignment().values(), configuration.key());
        }
    }

    /**
     * What a suggestion was made from, beside the study's seed and the trial's number.
     *
     * @param evidenceWatermark the highest evidence number that the suggestion saw, 0 for none
     * @param pending the numbers of the trials that were under way
     * @param sampler the sampler that made it
     */
    public record Basis(long evidenceWatermark, List<Integer> pending, SamplerStamp sampler) {

        /** That of a trial which no sampler suggested: it depends on no evidence. */
        static Basis none(SamplerStamp sampler) {
            return new Basis(0, List.of(), sampler);
        }
    }

    /** A trial that the sampler suggested, which is queued at once. Its origin is STARTUP or MODEL. */
    public static LedgerRecord proposed(TrialId trial, Point point, Origin origin, Basis basis, Instant at) {
        return of(trial, point, origin, basis, at).dispatchedAgain();
    }

    /** A trial of a configuration that the user gave, which waits to be queued. */
    public static LedgerRecord enqueued(TrialId trial, Point point, Basis basis, Instant at) {
        return of(trial, point, Origin.ENQUEUED, basis, at);
    }

    /** A trial that comes with its result and is never queued. */
    public static LedgerRecord imported(
            TrialId trial, Point point, ImportedResult result, SamplerStamp sampler, Instant at) {
        return of(trial, point, Origin.IMPORTED, Basis.none(sampler), at, Optional.of(result), Optional.empty());
    }

    /** A trial that trains an earlier one again, which waits to be queued. */
    public static LedgerRecord retrain(TrialId trial, Point point, Retrain retrain, SamplerStamp sampler, Instant at) {
        return of(trial, point, Origin.RETRAIN, Basis.none(sampler), at, Optional.empty(), Optional.of(retrain));
    }

    private static LedgerRecord of(TrialId trial, Point point, Origin origin, Basis basis, Instant at) {
        return of(trial, point, origin, basis, at, Optional.empty(), Optional.empty());
    }

    private static LedgerRecord of(
            TrialId trial,
            Point point,
            Origin origin,
            Basis basis,
            Instant at,
            Optional<ImportedResult> imported,
            Optional<Retrain> retrain) {
        return new LedgerRecord(
                trial.studyId(),
                trial.number(),
                point.configuration(),
                point.assignment(),
                point.hash(),
                0,
                basis.evidenceWatermark(),
                basis.pending(),
                basis.sampler(),
                origin,
                Optional.empty(),
                imported,
                at,
                Optional.empty(),
                retrain);
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

    /** What this trial tries. */
    public Point point() {
        return new Point(configuration, assignment, configurationHash);
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

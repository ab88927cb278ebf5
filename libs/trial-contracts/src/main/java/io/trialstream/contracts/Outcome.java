package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Optional;

/**
 * A trial's end as results stored it: what the sampler learns from. The record with the highest version holds. Made by
 * {@link #evidence}, {@link #withoutEvidence} and {@link #ofRetrain}; the constructor is for the JSON mapping.
 *
 * @param studyId the trial's study
 * @param number the trial's number within the study
 * @param state the final state
 * @param evidenceNumber gap-free per study, from 1; present exactly when the state is evidence and the trial was no retrain
 * @param version the version of the row in results
 * @param configurationHash the configuration that was trained
 * @param objective the objective, where the trial has one
 * @param epochs how many epochs were trained
 * @param runId the run whose report stands; absent when no run finished
 * @param reason why it ended so; present unless COMPLETED
 * @param at when results recorded it
 * @param retrain whether it trained an earlier trial's configuration again: no evidence, however it ended
 */
public record Outcome(
        String studyId,
        int number,
        TrialState state,
        Optional<Long> evidenceNumber,
        long version,
        String configurationHash,
        Optional<Double> objective,
        int epochs,
        Optional<String> runId,
        Optional<Reason> reason,
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY) boolean retrain)
        implements Message {

    /**
     * How a trial ended.
     *
     * @param state the final state
     * @param objective the objective, where the trial has one
     * @param epochs how many epochs were trained
     * @param runId the run whose report stands; absent when no run finished
     * @param reason why it ended so; present unless COMPLETED
     */
    public record End(
            TrialState state,
            Optional<Double> objective,
            int epochs,
            Optional<String> runId,
            Optional<Reason> reason) {}

    /**
     * The row of the trial in results.
     *
     * @param version the row's version
     * @param configurationHash the configuration that was trained
     * @param recordedAt when results recorded the end
     */
    public record Row(long version, String configurationHash, Instant recordedAt) {}

    /** A trial of a search that ended in a state that the sampler learns from. */
    public static Outcome evidence(TrialId trial, long evidenceNumber, Row row, End end) {
        return of(trial, Optional.of(evidenceNumber), row, end, false);
    }

    /** A trial of a search that is FAILED or CANCELLED. */
    public static Outcome withoutEvidence(TrialId trial, Row row, End end) {
        return of(trial, Optional.empty(), row, end, false);
    }

    /** A trial that trained an earlier one again: no evidence, however it ended. */
    public static Outcome ofRetrain(TrialId trial, Row row, End end) {
        return of(trial, Optional.empty(), row, end, true);
    }

    private static Outcome of(TrialId trial, Optional<Long> evidenceNumber, Row row, End end, boolean retrain) {
        return new Outcome(
                trial.studyId(),
                trial.number(),
                end.state(),
                evidenceNumber,
                row.version(),
                row.configurationHash(),
                end.objective(),
                end.epochs(),
                end.runId(),
                end.reason(),
                row.recordedAt(),
                retrain);
    }

    /** Refuses absent fields, a state that is not final and an evidence number where there is no evidence. */
    public Outcome {
        Require.studyId(studyId);
        Require.atLeast("number", 0, number);
        Require.present("state", state);
        if (!state.isFinal()) {
            throw new IllegalArgumentException("state must be final, got " + state);
        }
        evidenceNumber = evidenceNumber == null ? Optional.empty() : evidenceNumber;
        if ((state.isEvidence() && !retrain) != evidenceNumber.isPresent()) {
            throw new IllegalArgumentException("evidenceNumber belongs to evidence and to nothing else, got " + state
                    + (retrain ? " of a retrain" : "") + " with " + evidenceNumber);
        }
        evidenceNumber.ifPresent(value -> Require.atLeast("evidenceNumber", 1L, value));
        Require.atLeast("version", 1L, version);
        Require.id("configurationHash", configurationHash);
        objective = objective == null ? Optional.empty() : objective;
        objective.ifPresent(value -> Metrics.requireFinite("objective", value));
        if (state == TrialState.COMPLETED && objective.isEmpty()) {
            throw new MissingFieldException("objective");
        }
        Require.atLeast("epochs", 0, epochs);
        runId = runId == null ? Optional.empty() : runId;
        runId.ifPresent(id -> Require.id("runId", id));
        reason = reason == null ? Optional.empty() : reason;
        Require.present("at", at);
    }

    /** The trial's identity. */
    public TrialId trialId() {
        return new TrialId(studyId, number);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}

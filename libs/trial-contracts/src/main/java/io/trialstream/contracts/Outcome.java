package io.trialstream.contracts;

import java.time.Instant;
import java.util.Optional;

/**
 * A trial's end as results stored it: what the sampler learns from. The record with the highest version holds.
 *
 * @param studyId the trial's study
 * @param number the trial's number within the study
 * @param state the final state
 * @param evidenceNumber gap-free per study, from 1; present exactly when the state is evidence
 * @param version the version of the row in results
 * @param configurationHash the configuration that was trained
 * @param objective the objective, where the trial has one
 * @param epochs how many epochs were trained
 * @param runId the run whose report stands; absent when no run finished
 * @param reason why it ended so; present unless COMPLETED
 * @param at when results recorded it
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
        Instant at)
        implements Message {

    /** Refuses absent fields, a state that is not final and an evidence number where there is no evidence. */
    public Outcome {
        Require.studyId(studyId);
        Require.atLeast("number", 0, number);
        Require.present("state", state);
        if (!state.isFinal()) {
            throw new IllegalArgumentException("state must be final, got " + state);
        }
        evidenceNumber = evidenceNumber == null ? Optional.empty() : evidenceNumber;
        if (state.isEvidence() != evidenceNumber.isPresent()) {
            throw new IllegalArgumentException(
                    "evidenceNumber belongs to evidence and to nothing else, got " + state + " with " + evidenceNumber);
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
}

package io.trialstream.trainer.checkpoint;

import io.trialstream.contracts.TrialId;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names a checkpoint.
 *
 * @param trial the trial
 * @param runId the run that wrote it
 * @param epoch the last epoch it holds, counted from 1
 */
public record CheckpointId(TrialId trial, String runId, int epoch) {

    static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9:_-]{1,64}");

    /** Validates. */
    public CheckpointId {
        Objects.requireNonNull(trial, "trial");
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException("runId is not an id: " + runId);
        }
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch counts from 1: " + epoch);
        }
    }
}

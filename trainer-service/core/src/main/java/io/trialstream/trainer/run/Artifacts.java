package io.trialstream.trainer.run;

import io.trialstream.artifacts.ArtifactStore;
import io.trialstream.contracts.Run;
import java.time.Clock;

/**
 * The artifacts of all runs of this trainer. Thread-safe.
 *
 * @param store where they are kept
 * @param weights whether completed trials store their best weights, as retrained ones always do
 */
public record Artifacts(ArtifactStore store, boolean weights) {

    /** The artifacts of one run. */
    RunArtifacts of(Run run, boolean retrain, Clock clock) {
        return new RunArtifacts(store, weights || retrain, run, clock);
    }
}

package io.trialstream.trainer.run;

import io.trialstream.artifacts.ArtifactStore;
import io.trialstream.contracts.Run;
import java.time.Clock;

/**
 * What runs of this trainer leave. Thread-safe.
 *
 * @param store where it is kept
 * @param weights whether completed trials leave their best weights, as retrained ones always do
 */
public record Artifacts(ArtifactStore store, boolean weights) {

    /** Those of one run. */
    RunArtifacts of(Run run, boolean retrain, Clock clock) {
        return new RunArtifacts(store, weights || retrain, run, clock);
    }
}

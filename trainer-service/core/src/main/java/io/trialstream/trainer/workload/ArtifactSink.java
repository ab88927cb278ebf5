package io.trialstream.trainer.workload;

import io.trialstream.artifacts.ArtifactStore;

/** Takes the files that a run leaves. A file that cannot be stored is logged and costs nothing else. */
@FunctionalInterface
public interface ArtifactSink {

    /**
     * Stores a file.
     *
     * @param name a plain file name
     * @param content called at once, on the caller's thread
     */
    void put(String name, ArtifactStore.Content content);
}

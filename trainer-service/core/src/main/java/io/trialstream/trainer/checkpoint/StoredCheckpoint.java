package io.trialstream.trainer.checkpoint;

import java.io.Closeable;

/** A verified checkpoint, open for reading. Used by one thread. */
public interface StoredCheckpoint extends StateSource, Closeable {

    /** What it says of itself. */
    CheckpointHeader header();
}

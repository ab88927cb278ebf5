package io.trialstream.trainer.checkpoint;

import java.time.Duration;

/**
 * How often checkpoints are written: after every {@code everyEpochs}-th epoch, but not within {@code interval} of the
 * one before; at a drain in any case.
 *
 * @param everyEpochs at least 1
 * @param interval 0 to write after each such epoch
 */
public record CheckpointSettings(int everyEpochs, Duration interval) {

    /** Refuses what cannot work, naming the key. */
    public CheckpointSettings {
        if (everyEpochs < 1) {
            throw new IllegalArgumentException(
                    "trialstream.checkpoints.every-epochs must be at least 1, got " + everyEpochs);
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException(
                    "trialstream.checkpoints.interval must not be negative, got " + interval);
        }
    }
}

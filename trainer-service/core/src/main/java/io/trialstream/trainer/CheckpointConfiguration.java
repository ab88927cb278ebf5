package io.trialstream.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where and how often a trainer keeps what an interrupted trial goes on from. */
@ConfigMapping(prefix = "trialstream.checkpoints")
public interface CheckpointConfiguration {

    /**
     * The directory of checkpoints. A trial goes on elsewhere only if the trainers of its pool share it; trainers with
     * directories of their own resume what comes back to them.
     */
    @WithDefault("data/checkpoints")
    Path directory();

    /** A checkpoint follows every so many epochs. */
    @WithDefault("1")
    int everyEpochs();

    /** At least so long lies between two checkpoints of a run, so that short epochs do not train for the disk. */
    @WithDefault("PT10S")
    Duration interval();
}

package io.trialstream.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where and how often a trainer writes checkpoints, from which interrupted trials resume. */
@ConfigMapping(prefix = "trialstream.checkpoints")
public interface CheckpointConfiguration {

    /**
     * The directory of checkpoints. A trial resumes on another trainer only if the trainers of its pool share it;
     * otherwise it resumes only on the same trainer.
     */
    @WithDefault("data/checkpoints")
    Path directory();

    /** A checkpoint is written every so many epochs. */
    @WithDefault("1")
    int everyEpochs();

    /** The least time between two checkpoints of a run, so that short epochs do not wait for the disk. */
    @WithDefault("PT10S")
    Duration interval();
}

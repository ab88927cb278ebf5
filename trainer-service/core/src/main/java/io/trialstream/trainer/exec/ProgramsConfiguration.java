package io.trialstream.trainer.exec;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Users' programs that the trainer may start for the workload {@code exec}. */
@ConfigMapping(prefix = "trialstream.programs")
public interface ProgramsConfiguration {

    /** The allow-list, in YAML or JSON: the definition of each program under its name. Without it there are none. */
    Optional<Path> file();

    /** In which each run of a program gets a directory of its own while it lasts. */
    @WithDefault("data/runs")
    Path directory();

    /** How long a program that is told to stop may take before it is killed. */
    @WithDefault("PT10S")
    Duration grace();
}

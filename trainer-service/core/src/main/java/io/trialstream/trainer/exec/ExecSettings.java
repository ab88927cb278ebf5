package io.trialstream.trainer.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How programs are run.
 *
 * @param directory in which each run gets a directory of its own while it lasts
 * @param grace how long a program that is told to stop may take before it is killed
 * @param maxOutputBytes a run that prints more is broken off
 */
public record ExecSettings(Path directory, Duration grace, long maxOutputBytes) {
    private static final long GIBIBYTE = 1L << 30;

    /** Validates, and makes the path absolute: programs are started elsewhere. */
    public ExecSettings {
        directory = directory.toAbsolutePath().normalize();
        Objects.requireNonNull(grace, "grace");
    }

    /** With the usual bound of output. */
    public ExecSettings(Path directory, Duration grace) {
        this(directory, grace, GIBIBYTE);
    }
}

package io.trialstream.cli.stack;

import java.nio.file.Path;

/** Where trainers look for data sets beside their own directory: where the user says, else one place for all stacks. */
public final class DatasetLocation {
    /** The environment variable by which a user says where the data lies. */
    public static final String VARIABLE = "TRIALSTREAM_DATA";

    private DatasetLocation() {
    }

    /** Answers the place; it need not exist. */
    public static Path of(Installation installation) {
        String given = System.getenv(VARIABLE);
        return given == null || given.isBlank() ? installation.datasets() : Path.of(given).toAbsolutePath();
    }
}

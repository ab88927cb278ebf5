package io.trialstream.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether there is room on the disk: what runs out of it ends at a random place, with a random message. */
final class DiskSpace {
    private static final long MEBIBYTE = 1024L * 1024;
    /** A new database and a new broker write about 60 MiB before they serve. */
    private static final long TO_START = 96 * MEBIBYTE;
    /** PostgreSQL and Kafka write in pieces of up to 16 MiB. */
    private static final long TO_GO_ON = 20 * MEBIBYTE;

    private DiskSpace() {}

    /** Says what is amiss when there is no room in {@code directory} for a stack to be started. */
    static Optional<String> lackToStart(Path directory) {
        return lack(directory, TO_START);
    }

    /** Says what is amiss when there is no room in {@code directory} for a stack to go on. */
    static Optional<String> lackToGoOn(Path directory) {
        return lack(directory, TO_GO_ON);
    }

    private static Optional<String> lack(Path directory, long needed) {
        try {
            long usable = Files.getFileStore(directory).getUsableSpace();
            return usable >= needed
                    ? Optional.empty()
                    : Optional.of("disk full: " + usable / MEBIBYTE + " MiB are free in " + directory + ", "
                            + needed / MEBIBYTE + " MiB are needed");
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}

package io.trialstream.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories. */
final class Trees {
    private Trees() {}

    /** Deletes a directory with everything in it. */
    static void delete(Path directory) throws IOException {
        for (Path file : files(directory, Comparator.reverseOrder())) {
            Files.delete(file);
        }
    }

    /** Copies a directory to where there is none, with the permissions that its files have. */
    static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from, Comparator.naturalOrder())) {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static List<Path> files(Path directory, Comparator<Path> order) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted(order).toList();
        }
    }
}

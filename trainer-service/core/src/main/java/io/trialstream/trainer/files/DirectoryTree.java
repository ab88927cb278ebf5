package io.trialstream.trainer.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory with everything below it. */
public final class DirectoryTree {
    private DirectoryTree() {}

    /**
     * Deletes it; an absent one is no error, nor is a file that vanishes meanwhile. Links are not followed.
     *
     * @throws IOException if something in it cannot be read or deleted
     */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

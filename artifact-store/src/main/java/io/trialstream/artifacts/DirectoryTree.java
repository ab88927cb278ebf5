package io.trialstream.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Directories that others write to and remove meanwhile: what vanishes was not there. */
public final class DirectoryTree {

    private DirectoryTree() {}

    /** What is in the directory, in the order of the names; nothing where there is no such directory. */
    public static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Removes a file or a directory with all that is in it, but for what somebody writes there in this moment. */
    public static void delete(Path root) throws IOException {
        for (Path child : children(root)) {
            delete(child);
        }
        try {
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            // Whoever has not heard yet that this is over has put something there: it goes with the next call.
        }
    }
}

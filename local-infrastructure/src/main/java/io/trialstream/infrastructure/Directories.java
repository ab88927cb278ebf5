package io.trialstream.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Creates and deletes directory trees; an I/O error becomes an {@link UncheckedIOException}. */
public final class Directories {
    private Directories() {}

    /** Creates {@code directory} with its parents where they are absent and answers it absolute and normalised. */
    public static Path create(Path directory) {
        try {
            return Files.createDirectories(directory.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directory " + directory, e);
        }
    }

    /** As {@link #create}, and nobody but its owner may look into it. */
    public static Path createPrivate(Path directory) {
        try {
            Path absolute = directory.toAbsolutePath().normalize();
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(absolute, PrivateDirectory.ownerOnly(absolute));
            } else if (PrivateDirectory.isPosix(absolute)) {
                Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
            }
            return absolute;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directory " + directory, e);
        }
    }

    /** Creates a new directory under the system's directory for temporary files. */
    public static Path createTemporary(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary directory", e);
        }
    }

    /** Deletes {@code directory} and everything below it; an absent one is no error. Links are not followed. */
    public static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException absent) {
            // Nothing to delete.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the directory " + directory, e);
        }
    }

    /** Deletes as {@link #delete} does what only takes room; where that fails it stays. */
    static void deleteQuietly(Path directory) {
        try {
            delete(directory);
        } catch (UncheckedIOException stays) {
            // Whoever looks for leftovers next tries again.
        }
    }
}

package io.trialstream.trainer.exec;

import io.trialstream.trainer.files.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one run and where everything lies in it. Its name begins with the trainer's process id, by which a
 * later trainer knows what a dead one has left behind.
 */
record RunDirectory(Path root) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);

    /** Creates it, readable by this user alone. */
    static RunDirectory create(Path parent, String runId) {
        Path root = parent.resolve(ProcessHandle.current().pid() + "-" + runId);
        try {
            Files.createDirectories(parent);
            if (parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(root);
            }
            RunDirectory run = new RunDirectory(root);
            for (Path directory : List.of(run.checkpoints(), run.artifacts(), run.resume(), run.snapshot())) {
                Files.createDirectory(directory);
            }
            for (Path file : List.of(run.reports(), run.answers(), run.output())) {
                Files.createFile(file);
            }
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException("a run's directory cannot be created in " + parent, e);
        }
    }

    /** Removes what trainers have left that are no more. */
    static void sweep(Path parent) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> runs = Files.list(parent)) {
            runs.filter(RunDirectory::isForsaken).forEach(run -> new RunDirectory(run).close());
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("what dead trainers left stays in {}: {}", parent, e.toString());
        }
    }

    private static boolean isForsaken(Path run) {
        String name = run.getFileName().toString();
        return name.matches("\\d{1,18}-.+")
                && ProcessHandle.of(Long.parseLong(name.substring(0, name.indexOf('-'))))
                        .isEmpty();
    }

    Path trial() {
        return root.resolve("trial.json");
    }

    Path reports() {
        return root.resolve("reports");
    }

    Path answers() {
        return root.resolve("answers");
    }

    Path output() {
        return root.resolve("output.log");
    }

    /** Where the program writes its state. */
    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Where the program writes what it leaves. */
    Path artifacts() {
        return root.resolve("artifacts");
    }

    /** The state that it goes on from. */
    Path resume() {
        return root.resolve("resume");
    }

    /** The state as it was when the program last said that it is whole. */
    Path snapshot() {
        return root.resolve("snapshot");
    }

    /** Removes it with all that is in it. */
    @Override
    public void close() {
        try {
            DirectoryTree.delete(root);
        } catch (IOException e) {
            LOG.warn("a run's directory stays: {}", e.toString());
        }
    }
}

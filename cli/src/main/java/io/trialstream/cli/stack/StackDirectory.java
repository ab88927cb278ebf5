package io.trialstream.cli.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import io.trialstream.infrastructure.Directories;
import io.trialstream.infrastructure.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of one stack and where everything lies in it.
 *
 * <p>Two locks guard it. The keeper's is held as long as the stack is to live with its keeper; the change lock only
 * while the state or the ports are read and written anew.
 *
 * @param root absolute and normalised
 */
public record StackDirectory(Path root) {
    private static final Duration CHANGE_PATIENCE = Duration.ofSeconds(30);
    private static final Duration CHANGE_RETRY = Duration.ofMillis(20);

    /** Normalises the path. */
    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Creates the directories that the stack writes to. */
    public void create() {
        try {
            // A root that is there already may be the user's for other things too; what lies in it is ours.
            for (Path own : List.of(root.resolve("logs"), root.resolve("run"), checkpoints(), artifacts())) {
                Directories.createPrivate(own);
            }
        } catch (UncheckedIOException e) {
            throw new StackException(
                    "cannot create the stack's directory: " + e.getCause() + "; choose another with --data-dir", e);
        }
    }

    /** Whether a stack was ever started here. */
    public boolean isUsed() {
        return Files.exists(state());
    }

    Path state() {
        return root.resolve("stack.json");
    }

    Path ports() {
        return root.resolve("ports.json");
    }

    /** Answers the log file of a process. */
    public Path log(String process) {
        return root.resolve("logs").resolve(process + ".log");
    }

    /** Answers the names of the processes that have a log here, in alphabetical order. */
    public List<String> logs() {
        Path logs = root.resolve("logs");
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StackException("cannot list " + logs, e);
        }
    }

    Path ready(String process) {
        return root.resolve("run").resolve(process + ".ready");
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path database() {
        return root.resolve("database");
    }

    /** Where interrupted trials go on from: one for all trainers. */
    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Where runs leave files: one for all trainers and the results service. */
    Path artifacts() {
        return root.resolve("artifacts");
    }

    /** The users' programs that trainers may start. */
    Path programs() {
        return root.resolve("programs.json");
    }

    /** Where programs run. */
    Path runs() {
        return root.resolve("runs");
    }

    /** Writes down the programs that trainers may start from the next start on, by name. */
    public void writePrograms(Map<String, Object> definitions) {
        create();
        new JsonFile<Map<String, Object>>(programs(), new TypeReference<>() {}).write(definitions);
    }

    LogTail logTail(String process) {
        return LogTail.of(log(process));
    }

    Optional<DirectoryLock> tryBecomeKeeper() {
        return lock("keeper.lock");
    }

    private Optional<DirectoryLock> lock(String name) {
        try {
            return DirectoryLock.tryAcquire(root, name);
        } catch (UncheckedIOException e) {
            throw new StackException("cannot lock " + root + ": " + e.getCause(), e);
        }
    }

    /** Held while the number of trainers is changed. */
    DirectoryLock lockForScaling() {
        return lock("scale.lock")
                .orElseThrow(() -> new StackException("another command is changing the stack in " + root));
    }

    /** Waits for the change lock; whoever holds it does so for a moment only. */
    DirectoryLock lockForChange() {
        long started = System.nanoTime();
        while (System.nanoTime() - started < CHANGE_PATIENCE.toNanos()) {
            Optional<DirectoryLock> lock = lock("change.lock");
            if (lock.isPresent()) {
                return lock.get();
            }
            Pause.of(CHANGE_RETRY);
        }
        throw new StackException("another command has been changing the stack in " + root + " for "
                + CHANGE_PATIENCE.toSeconds() + " s");
    }
}

package io.trialstream.trainer.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** One at a time among the processes of a machine and the threads of this one, by a lock file in a directory. */
final class DirectoryLock {

    private static final Object WITHIN_PROCESS = new Object();

    private DirectoryLock() {}

    /** Creates the directory where needed, waits for its lock, runs the action. */
    static <T> T holding(Path directory, String name, Supplier<T> action) {
        synchronized (WITHIN_PROCESS) {
            try {
                Files.createDirectories(directory);
                try (FileChannel channel = FileChannel.open(
                                directory.resolve("." + name + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    return action.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot lock " + directory, e);
            }
        }
    }
}

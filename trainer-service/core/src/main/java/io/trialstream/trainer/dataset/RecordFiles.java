package io.trialstream.trainer.dataset;

import io.trialstream.trainer.files.DirectoryTree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A data set in the form that {@link ImageSet} reads, as {@code train.bin} and {@code test.bin} in a folder of the data
 * directory: made once by one process, mapped by all. The folder appears when it is whole.
 */
final class RecordFiles {
    static final String TRAIN = "train.bin";
    static final String TEST = "test.bin";

    private RecordFiles() {}

    /** Writes the records of one part. */
    @FunctionalInterface
    interface Records {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The folder of this name, made by these if it is not there. */
    static Path folder(Path dataDirectory, String name, Records train, Records test) {
        Path folder = dataDirectory.resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return DirectoryLock.holding(dataDirectory, name, () -> {
            if (!Files.isDirectory(folder)) {
                make(folder, train, test);
            }
            return folder;
        });
    }

    private static void make(Path folder, Records train, Records test) {
        try {
            Path fresh = Files.createTempDirectory(folder.getParent(), folder.getFileName() + "-");
            try {
                write(fresh.resolve(TRAIN), train);
                write(fresh.resolve(TEST), test);
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                DirectoryTree.delete(fresh);
            }
        } catch (IOException e) {
            throw new DatasetUnavailableException("cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, Records records) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            records.writeTo(out);
        }
    }
}

package io.trialstream.trainer.exec;

import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.files.DirectoryTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program's state, a directory of files of any kind, as arrays of a checkpoint; large files in several parts. */
final class CheckpointFiles {
    private static final String EPOCH = "epoch";
    private static final String NAMES = "names";
    private static final int PART_BYTES = 1 << 22;

    private CheckpointFiles() {}

    /** Copies the state to where nobody writes; what was there is replaced. */
    static void copy(Path from, Path to) throws IOException {
        DirectoryTree.delete(to);
        Files.createDirectory(to);
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    /** Puts the state after this epoch. */
    static void save(Path directory, int epoch, StateSink state) {
        try {
            List<Path> files = files(directory);
            state.put(EPOCH, new double[] {epoch});
            String names = String.join(
                    "\n",
                    files.stream()
                            .map(file -> directory.relativize(file).toString())
                            .toList());
            state.put(NAMES, names.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < files.size(); i++) {
                try (InputStream in = Files.newInputStream(files.get(i))) {
                    int part = 0;
                    for (byte[] bytes = in.readNBytes(PART_BYTES);
                            bytes.length > 0;
                            bytes = in.readNBytes(PART_BYTES)) {
                        state.put(name(i, part++), bytes);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a state's files below the directory and answers the epoch after which it was saved. */
    static int restore(StateSource state, Path directory) {
        try {
            String names = new String(state.bytes(NAMES), StandardCharsets.UTF_8);
            List<String> files = names.isEmpty() ? List.of() : List.of(names.split("\n"));
            for (int i = 0; i < files.size(); i++) {
                Path target = directory.resolve(files.get(i)).normalize();
                if (!target.startsWith(directory)) {
                    throw new IllegalArgumentException("a checkpoint's file lies outside: " + files.get(i));
                }
                Files.createDirectories(target.getParent());
                try (OutputStream out = Files.newOutputStream(target)) {
                    for (int part = 0; state.has(name(i, part)); part++) {
                        out.write(state.bytes(name(i, part)));
                    }
                }
            }
            return (int) state.doubles(EPOCH)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(int file, int part) {
        return "file-" + file + "-" + part;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

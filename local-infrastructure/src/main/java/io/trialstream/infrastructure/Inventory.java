package io.trialstream.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The list of all files below a directory with their sizes, written into it when it is complete. A directory whose files
 * still are as listed is whole: one that was left half filled has no list, and what a cleaner of caches, a full disk or
 * a power failure has taken away since is missed.
 */
final class Inventory {
    private static final String FILE = "INVENTORY";

    private Inventory() {}

    /** Lists everything that {@code directory} holds now. */
    static void write(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
            StringBuilder lines = new StringBuilder();
            for (Path file : files) {
                lines.append(Files.size(file))
                        .append(' ')
                        .append(directory.relativize(file))
                        .append('\n');
            }
            Files.writeString(directory.resolve(FILE), lines);
        }
    }

    /** Whether {@code directory} was listed and holds what the list says. */
    static boolean isWhole(Path directory) {
        try {
            List<String> lines = Files.readAllLines(directory.resolve(FILE));
            for (String line : lines) {
                int space = line.indexOf(' ');
                long size = Long.parseLong(line.substring(0, space));
                if (Files.size(directory.resolve(line.substring(space + 1))) != size) {
                    return false;
                }
            }
            return !lines.isEmpty();
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException notAsWritten) {
            return false;
        }
    }
}

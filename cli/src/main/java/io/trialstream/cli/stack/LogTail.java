package io.trialstream.cli.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The end of a process's log, however long the log is. */
record LogTail(List<String> lines) {
    private static final int BYTES = 16 * 1024;
    private static final int LONGEST = 300;

    /** Copies the list. */
    LogTail {
        lines = List.copyOf(lines);
    }

    /** Reads the end of {@code log}; of one that cannot be read there are no lines. */
    static LogTail of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - BYTES);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            return new LogTail(new String(end, StandardCharsets.UTF_8)
                    .lines()
                    .skip(from > 0 ? 1 : 0)
                    .toList());
        } catch (IOException unreadable) {
            return new LogTail(List.of());
        }
    }

    /** Answers the line that tells most: the cause at the bottom of the last stack trace, else the last line. */
    Optional<String> telling() {
        return bottomCause().or(() -> last(line -> !isPartOfTrace(line))).map(LogTail::shortened);
    }

    private Optional<String> bottomCause() {
        boolean endsWithTrace = !lines.isEmpty() && isPartOfTrace(lines.get(lines.size() - 1));
        return endsWithTrace ? last(line -> line.startsWith("Caused by: ")) : Optional.empty();
    }

    private Optional<String> last(Predicate<String> wanted) {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .filter(wanted)
                .reduce((earlier, later) -> later)
                .map(String::strip);
    }

    private static boolean isPartOfTrace(String line) {
        return line.startsWith("\t") || line.isBlank();
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}

package io.trialstream.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/** What the fault tests measured: printed, and kept in {@code target/fault-figures.txt}. */
final class Figures {
    private static final Path FILE = Path.of("target", "fault-figures.txt");

    private Figures() {}

    /** Notes what a row of the table of faults came to. */
    static void show(String row, String format, Object... values) {
        String line = "row " + row + ": " + String.format(Locale.ROOT, format, values);
        System.out.println(line);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds with one decimal. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    /** The time since {@link System#nanoTime} was this. */
    static String since(long nanos) {
        return seconds(Duration.ofNanos(System.nanoTime() - nanos));
    }
}

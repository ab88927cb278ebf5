package io.trialstream.trainer.exec;

import io.trialstream.trainer.workload.StopReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** What the program is told, line by line, in a file that it may read or leave alone. Confined to one thread. */
final class Answers {
    private static final String CONTINUE = "continue";

    private final Path file;

    Answers(Path file) {
        this.file = file;
    }

    /** It may go on after this epoch. */
    void goOn(int epoch) throws IOException {
        epoch(epoch, CONTINUE);
    }

    /** It is to end after this epoch. */
    void stop(int epoch, StopReason reason) throws IOException {
        epoch(epoch, reason.name().toLowerCase(Locale.ROOT));
    }

    /** The state after this epoch is taken over; its directory may be written to again. */
    void kept(int epoch) throws IOException {
        append("{\"checkpoint\": " + epoch + ", \"answer\": \"kept\"}\n");
    }

    private void epoch(int epoch, String answer) throws IOException {
        append("{\"epoch\": " + epoch + ", \"answer\": \"" + answer + "\"}\n");
    }

    private void append(String line) throws IOException {
        Files.write(file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }
}

package io.trialstream.cli.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Tells a stack's keeper to end the stack, waits for it, and passes on what it says meanwhile. */
final class KeeperEnd {
    private static final Duration LOOK = Duration.ofMillis(100);
    /** Before each line in the keeper's log: when it was said. */
    private static final String DATE = "^\\S+ ";

    private final Path log;
    private final Consumer<String> narrator;

    KeeperEnd(StackDirectory directory, Consumer<String> narrator) {
        this.log = directory.log(BackgroundKeeper.NAME);
        this.narrator = narrator;
    }

    /** Returns when the keeper is gone; it is killed when that takes longer than {@code patience}. */
    void end(ProcessHandle keeper, Duration patience) {
        narrator.accept("asking the stack's keeper (pid " + keeper.pid() + ") to end it");
        long said = length();
        Instant limit = Instant.now().plus(patience);
        keeper.destroy();
        while (keeper.isAlive()) {
            said = passOn(said);
            if (Instant.now().isAfter(limit)) {
                narrator.accept("it has not ended after " + patience.toSeconds() + " s and is killed");
                keeper.destroyForcibly();
                limit = limit.plus(patience);
            }
            Pause.of(LOOK);
        }
        passOn(said);
    }

    private long length() {
        try {
            return Files.size(log);
        } catch (IOException none) {
            return 0;
        }
    }

    /** Passes on the whole lines after {@code said} and answers where they end. */
    private long passOn(long said) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] more = new byte[(int) Math.max(0, file.length() - said)];
            file.seek(said);
            file.readFully(more);
            String text = new String(more, StandardCharsets.UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().map(line -> line.replaceFirst(DATE, "")).forEach(narrator);
            return said + whole.getBytes(StandardCharsets.UTF_8).length;
        } catch (IOException none) {
            return said;
        }
    }
}

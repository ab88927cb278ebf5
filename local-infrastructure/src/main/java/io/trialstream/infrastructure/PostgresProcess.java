package io.trialstream.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process of the PostgreSQL server that runs on a data directory.
 *
 * <p>{@code postmaster.pid} names a pid (line 1), the data directory (line 2) and the second of its start (line 3).
 * The pid alone proves nothing, for the system may have given it to somebody else since: a process is only taken for
 * the server if it is a postgres and was started on this directory or at that second.
 */
final class PostgresProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    private PostgresProcess() {}

    /** Stops a server that has outlived the JVM which started it on {@code dataDirectory}, and waits for its end. */
    static void stopOrphan(Path dataDirectory) {
        on(dataDirectory).ifPresent(PostgresProcess::stop);
    }

    /** Answers the running server's process, empty when none runs on {@code dataDirectory}. */
    static Optional<ProcessHandle> on(Path dataDirectory) {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(pidFile, StandardCharsets.ISO_8859_1);
            long pid = Long.parseLong(lines.get(0).trim());
            Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()));
            return ProcessHandle.of(pid).filter(process -> isPostgres(process, dataDirectory, started));
        } catch (NumberFormatException | IndexOutOfBoundsException cutShort) {
            // Written half when the machine went down: no server can have come of it.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        }
    }

    private static boolean isPostgres(ProcessHandle process, Path dataDirectory, Instant started) {
        ProcessHandle.Info info = process.info();
        String commandLine = info.commandLine().or(info::command).orElse("");
        if (!commandLine.contains("postgres")) {
            return false;
        }
        boolean startedThen = info.startInstant()
                .map(instant -> Duration.between(instant, started).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(false);
        return startedThen || commandLine.contains(dataDirectory.toString());
    }

    private static void stop(ProcessHandle process) {
        requestFastShutdown(process);
        if (!awaitEnd(process)) {
            process.destroyForcibly();
            awaitEnd(process);
        }
    }

    /** SIGINT, because on SIGTERM a server waits for its clients to leave, and an orphan's clients may never do so. */
    private static void requestFastShutdown(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchCommand) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of {@code process}, but not for ever, and says whether it has ended. */
    static boolean awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package io.trialstream.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;

/** What {@link BrokerMain} and {@link DatabaseMain} share: exit codes, log format and the announcement of readiness. */
final class ServerMain {
    private static final int START_FAILED = 1;
    private static final int WRONG_USE = 2;

    private ServerMain() {}

    /** Runs {@code server} to its end. A failure ends the JVM at once, whatever threads a half-started server left. */
    static void run(String usage, boolean argumentsComplete, Callable<Void> server) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
        if (!argumentsComplete) {
            System.err.println("usage: " + usage);
            System.exit(WRONG_USE);
        }
        try {
            server.call();
        } catch (ServerStartException e) {
            System.err.println(e.getMessage());
            System.exit(START_FAILED);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(START_FAILED);
        }
    }

    /** Prints {@code address} and writes it to {@code readyFile}, which is never seen half written. */
    static void announce(String address, String readyFile) throws IOException {
        System.out.println("ready " + address);
        Path file = Path.of(readyFile).toAbsolutePath();
        Path unfinished = Files.createTempFile(file.getParent(), "ready", null);
        Files.writeString(unfinished, address);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

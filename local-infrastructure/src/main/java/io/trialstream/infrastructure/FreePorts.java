package io.trialstream.infrastructure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports of the loopback address that nobody listens on.
 *
 * <p>Ports are drawn from 20000 to 31999, below the range from which operating systems serve outgoing connections, so
 * that a port kept in a data directory is likely to be free again after a restart. Between the answer and its use
 * another process can still take a port: whoever binds must be ready for that.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int BOUND = 32_000;
    private static final int ATTEMPTS = 2_000;

    private FreePorts() {}

    /** Answers one free port. */
    public static int one() {
        return several(1).get(0);
    }

    /** Answers {@code count} different free ports; throws {@link IllegalStateException} when so many are not found. */
    public static List<Integer> several(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (int attempt = 0; attempt < ATTEMPTS && ports.size() < count; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(FIRST, BOUND);
            if (isFree(candidate)) {
                ports.add(candidate);
            }
        }
        if (ports.size() < count) {
            throw new IllegalStateException("found only " + ports.size() + " of " + count + " free ports");
        }
        return List.copyOf(ports);
    }

    /** Says whether {@code port} can be bound on the loopback address at this moment. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers themselves do: a connection in TIME_WAIT does not make a port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}

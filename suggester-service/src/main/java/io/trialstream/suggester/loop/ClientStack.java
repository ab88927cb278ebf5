package io.trialstream.suggester.loop;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Clients that are closed together, the last one first; one that fails to close keeps none of the others open. Confined
 * to one thread.
 */
final class ClientStack implements AutoCloseable {
    private final Deque<AutoCloseable> clients = new ArrayDeque<>();

    /** Adds a client that was just opened. */
    <T extends AutoCloseable> T add(T client) {
        clients.push(client);
        return client;
    }

    /** Closes all of them because of this failure, which is the one that counts. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!clients.isEmpty()) {
            try {
                clients.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("a client could not be closed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

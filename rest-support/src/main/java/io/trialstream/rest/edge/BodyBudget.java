package io.trialstream.rest.edge;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies are held at once, over all requests. Thread-safe. */
final class BodyBudget {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes, or none where they are not left. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= limit) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was taken. */
    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }
}

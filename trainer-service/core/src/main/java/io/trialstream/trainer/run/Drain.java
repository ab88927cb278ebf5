package io.trialstream.trainer.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether the trainer is to stop, and by when. Thread-safe. */
public final class Drain {
    private final LongSupplier nanoTime;
    private volatile Long deadlineNanos;

    /** Not requested yet; {@code nanoTime} is a monotonic clock in nanoseconds. */
    public Drain(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Asks runs to end with their epoch, and interrupts them after {@code bound}. The first request counts. */
    public synchronized void request(Duration bound) {
        if (deadlineNanos == null) {
            deadlineNanos = nanoTime.getAsLong() + bound.toNanos();
        }
    }

    /** Whether the trainer is to stop. */
    public boolean isRequested() {
        return deadlineNanos != null;
    }

    /** Whether the time for finishing epochs is over. */
    public boolean isOverdue() {
        Long deadline = deadlineNanos;
        return deadline != null && nanoTime.getAsLong() - deadline >= 0;
    }
}

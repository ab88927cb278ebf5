package io.trialstream.trainer.run;

import io.trialstream.trainer.queue.QueuedTrial;
import java.time.Duration;

/** Keeps a taken record locked by renewing it in time. Confined to the slot's thread. */
final class Lock {
    private final QueuedTrial trial;
    private final long renewalNanos;
    private long renewedAt = System.nanoTime();
    private boolean held = true;

    Lock(QueuedTrial trial, Duration renewal) {
        this.trial = trial;
        this.renewalNanos = renewal.toNanos();
    }

    /** Renews the lock if it is time to, and returns whether it is still held. */
    boolean keep() {
        if (held && System.nanoTime() - renewedAt >= renewalNanos) {
            renewedAt = System.nanoTime();
            held = trial.renew();
        }
        return held;
    }

    boolean isHeld() {
        return held;
    }
}

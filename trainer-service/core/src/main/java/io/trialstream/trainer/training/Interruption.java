package io.trialstream.trainer.training;

import java.util.concurrent.CancellationException;

/** How the owner of the training thread ends an epoch early: {@link Thread#interrupt()}, seen between two batches. */
final class Interruption {

    private Interruption() {}

    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw cancellation();
        }
    }

    static CancellationException cancellation() {
        return new CancellationException("the training thread was interrupted");
    }
}

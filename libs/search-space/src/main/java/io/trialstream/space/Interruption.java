package io.trialstream.space;

import java.util.concurrent.CancellationException;

/** Ends a long computation whose thread was interrupted: nobody waits for it any more. */
public final class Interruption {
    private Interruption() {}

    /**
     * Goes on unless the thread was interrupted; it stays interrupted.
     *
     * @throws CancellationException if it was
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
    }
}

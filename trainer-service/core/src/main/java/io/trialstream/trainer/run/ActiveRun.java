package io.trialstream.trainer.run;

import io.trialstream.contracts.Run;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * The state of a run that the slot's thread and the training thread share. Thread-safe.
 *
 * <p>The slot may interrupt the training; the interrupt reaches only the workload, never a report being sent.
 */
final class ActiveRun {
    private final Run run;
    private volatile boolean lockHeld = true;
    private volatile int epoch;
    /** Guarded by this: the training thread while it is inside the workload. */
    private Thread inWorkload;
    /** Guarded by this. */
    private RunEnd broken;
    /** Guarded by this. */
    private long brokenAtNanos;

    ActiveRun(Run run) {
        this.run = run;
    }

    Run run() {
        return run;
    }

    boolean lockHeld() {
        return lockHeld;
    }

    void lockLost() {
        lockHeld = false;
    }

    /** The last epoch that was finished, 0 before the first. */
    int epoch() {
        return epoch;
    }

    void epochFinished(int finished) {
        epoch = finished;
    }

    /** Interrupts the training; the run ends in this way as soon as the workload notices. The first call counts. */
    synchronized void breakOff(RunEnd end) {
        if (broken == null) {
            broken = end;
            brokenAtNanos = System.nanoTime();
            if (inWorkload != null) {
                inWorkload.interrupt();
            }
        }
    }

    /** How the run was interrupted, if it was. */
    synchronized Optional<RunEnd> brokenOff() {
        return Optional.ofNullable(broken);
    }

    /**
     * Whether the workload has ignored an interrupt for this long; a report being sent may take longer.
     */
    synchronized boolean isUnanswered(Duration grace) {
        return broken != null && inWorkload != null && System.nanoTime() - brokenAtNanos >= grace.toNanos();
    }

    /** Calls the workload so that {@link #breakOff} can interrupt it. */
    <T> T inWorkload(Callable<T> call) throws Exception {
        enter();
        try {
            return call.call();
        } finally {
            leave();
        }
    }

    private synchronized void enter() {
        if (broken != null) {
            throw new CancellationException("broken off");
        }
        inWorkload = Thread.currentThread();
    }

    private synchronized void leave() {
        inWorkload = null;
        Thread.interrupted();
    }
}

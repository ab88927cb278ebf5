package io.trialstream.trainer.queue;

import io.trialstream.contracts.UnknownVersionException;
import java.time.Duration;
import java.util.Optional;

/**
 * A slot's access to its pool's queue. It holds at most one trial: the one that was taken must be accepted or released
 * before the next {@link #take}. Confined to one thread, except {@link #stop()}.
 */
public interface TrialQueue extends AutoCloseable {

    /**
     * Waits for a trial. Records that are no proposals become dead letters and are skipped.
     *
     * @param timeout how long to wait at most; at least two seconds, since shorter polls delay deliveries
     * @return the trial; empty when none came in time or the queue was stopped
     * @throws UnknownVersionException if a newer release queued the next record, which stays in the queue
     */
    Optional<QueuedTrial> take(Duration timeout);

    /** Ends a waiting {@link #take} and makes all later ones return empty at once. From any thread. */
    void stop();

    /** Whether the queue has heard of this member lately; one that was just made has time. From any thread. */
    default boolean answers() {
        return true;
    }

    /** Leaves the queue; a trial that is held and neither accepted nor released goes to another slot. */
    @Override
    void close();
}

package io.trialstream.trainer.queue;

import io.trialstream.contracts.Proposal;

/**
 * A trial that a slot has taken from the queue and that nobody else gets while its lock lasts. Confined to the thread
 * of its {@link TrialQueue}.
 */
public interface QueuedTrial {

    /** What is to be trained. */
    Proposal proposal();

    /** How often the queue has delivered this record, this delivery included. */
    int deliveryCount();

    /**
     * Extends the lock by its full duration.
     *
     * @return false if the lock is lost: the queue delivers the record to another slot. This object is of
     *     no further use; later calls return false
     */
    boolean renew();

    /**
     * Removes the record from the queue for good.
     *
     * @return false if the lock was lost before, so that the record is delivered again
     */
    boolean accept();

    /** Gives the record back for another slot. Only for trials that were not started. */
    void release();
}

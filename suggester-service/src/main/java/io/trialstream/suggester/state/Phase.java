package io.trialstream.suggester.state;

/** How far an open trial has come, as the suggester sees it. */
public enum Phase {
    /** In the ledger, waiting for a free slot before it is queued for the first time. */
    WAITING,
    /** In the pool's queue. */
    QUEUED,
    /** A run has started it. */
    STARTED,
    /** A run was interrupted or broke off: to be queued again. */
    BROKEN_OFF,
    /** Its final report is in, its outcome is not yet: no deadline any more. */
    SETTLING,
    /** Its outcome is in and waits for the evidence before it. */
    SETTLED
}

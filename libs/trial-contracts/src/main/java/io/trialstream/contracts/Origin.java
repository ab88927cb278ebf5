package io.trialstream.contracts;

/** Where a trial's configuration came from. */
public enum Origin {
    /** Drawn from the prior while the sampler had too little evidence. */
    STARTUP,
    /** Suggested by the sampler's model. */
    MODEL,
    /** Given by the user. */
    ENQUEUED,
    /** Imported with its result. */
    IMPORTED,
    /** That of an earlier trial, which is trained again for what it leaves: no evidence and nothing of the budget. */
    RETRAIN
}

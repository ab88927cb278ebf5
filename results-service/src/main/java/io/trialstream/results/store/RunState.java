package io.trialstream.results.store;

/** Where a run stands. */
public enum RunState {
    /** It trains, as far as is known: a run that died silently stays so. */
    RUNNING,
    /** Its trainer was drained. */
    INTERRUPTED,
    /** It broke off for a fault of the infrastructure. */
    ERRORED,
    /** It sent a final report. */
    FINISHED
}

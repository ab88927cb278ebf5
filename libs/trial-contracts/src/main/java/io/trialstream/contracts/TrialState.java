package io.trialstream.contracts;

/** Where a trial stands. Final states never change again. */
public enum TrialState {
    /** In the ledger, not yet started by any run. */
    QUEUED,
    /** A run has started it. */
    RUNNING,
    /** Trained to its end: evidence with an objective. */
    COMPLETED,
    /** Stopped early by the pruner: evidence. */
    PRUNED,
    /**
     * The configuration is at fault (non-finite loss, out of memory, invalid architecture): evidence, counted as bad.
     */
    INFEASIBLE,
    /** The infrastructure is at fault and the limit of attempts is reached: no evidence, counted in the budget. */
    FAILED,
    /** Withdrawn by the user: neither evidence nor counted in the budget. */
    CANCELLED;

    /** Whether no later report can change this state. */
    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }

    /** Whether a sampler learns from a trial that ended so. */
    public boolean isEvidence() {
        return this == COMPLETED || this == PRUNED || this == INFEASIBLE;
    }

    /** Whether a trial that ended so uses up one of the study's budget of trials. */
    public boolean countsInBudget() {
        return isFinal() && this != CANCELLED;
    }
}

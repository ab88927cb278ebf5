package io.trialstream.trainer.workload;

/** Why a run ends before its last epoch. */
public enum StopReason {
    /** The trial is not worth more epochs. */
    PRUNE,
    /** The trial is not wanted any more. */
    CANCEL,
    /** The trainer shuts down: the trial goes on elsewhere from what is saved now. */
    DRAIN,
    /** This run is not wanted any more. */
    STOP
}

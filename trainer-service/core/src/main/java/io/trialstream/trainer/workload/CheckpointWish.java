package io.trialstream.trainer.workload;

/** Whether the state after an epoch is to be saved. */
public enum CheckpointWish {
    /** As often as the trainer's settings say. */
    BY_SETTINGS,
    /** Now: there is a state that is not saved yet. */
    NOW,
    /** Not now: there is nothing to save. */
    NONE
}

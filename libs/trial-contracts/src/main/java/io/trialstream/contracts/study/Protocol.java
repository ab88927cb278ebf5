package io.trialstream.contracts.study;

/** On what a trial is selected. */
public enum Protocol {
    /** Selection on a validation split; the test set is read once, at the end. */
    HONEST,
    /** Selection by the best epoch on the test set, to compare with published figures. */
    SEED
}

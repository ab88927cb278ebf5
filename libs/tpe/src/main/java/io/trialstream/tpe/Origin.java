package io.trialstream.tpe;

/** Where a suggestion comes from. */
public enum Origin {
    /** From the prior, before there is enough evidence for a model, or always. */
    STARTUP,
    /** From a model of the evidence. */
    MODEL
}

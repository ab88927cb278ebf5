package io.trialstream.trainer.dataset;

/** Whether a data set's data is at hand. */
public sealed interface Availability {

    /** What a person should read about it. */
    String description();

    /** The data is on this machine. */
    record Available(String description) implements Availability {}

    /** The data is not here, and why; opening would try to download it. */
    record Unavailable(String description) implements Availability {}
}

package io.trialstream.trainer.dataset;

/** Where one data set comes from. Thread-safe. */
public interface DatasetSource {

    /** The data set's name in studies' training settings. */
    String name();

    /** Whether {@link #open()} would find its data on this machine, without a download. Cheap; verifies no checksum. */
    Availability availability();

    /** Whether {@link #open()} can be expected to succeed: the data is at hand, or its download answers. Cheap. */
    default boolean isObtainable() {
        return availability() instanceof Availability.Available;
    }

    /**
     * Finds, fetches or generates the data, verifies and opens it. Blocks, for minutes when it must download.
     *
     * @throws DatasetUnavailableException with the reason, for people
     */
    Dataset open();

    /**
     * Opens the data set with square images of this side, scaled where they are of another.
     *
     * @throws DatasetUnavailableException with the reason, for people
     */
    default Dataset open(int side) {
        return open().scaledTo(side);
    }
}

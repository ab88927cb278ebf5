package io.trialstream.trainer.checkpoint;

import java.io.UncheckedIOException;

/** Gives a state back as it was put into a {@link StateSink}, in any order and as often as wanted. */
public interface StateSource {

    /** Whether an array of this name was put. */
    boolean has(String name);

    /**
     * A newly read array.
     *
     * @throws IllegalArgumentException if no array of floats has this name
     * @throws UncheckedIOException if it cannot be read
     */
    float[] floats(String name);

    /**
     * A newly read array.
     *
     * @throws IllegalArgumentException if no array of doubles has this name
     * @throws UncheckedIOException if it cannot be read
     */
    double[] doubles(String name);

    /**
     * A newly read array.
     *
     * @throws IllegalArgumentException if no array of bytes has this name
     * @throws UncheckedIOException if it cannot be read
     */
    byte[] bytes(String name);
}

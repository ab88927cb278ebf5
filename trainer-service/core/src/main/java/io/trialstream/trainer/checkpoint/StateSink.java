package io.trialstream.trainer.checkpoint;

import java.io.UncheckedIOException;

/** Takes a state as named arrays, each name once. The arrays are read at once and not kept. */
public interface StateSink {

    /**
     * Adds an array.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void put(String name, float[] values);

    /**
     * Adds an array.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void put(String name, double[] values);

    /**
     * Adds an array.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void put(String name, byte[] values);
}

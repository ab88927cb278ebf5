package io.trialstream.space;

import java.util.random.RandomGenerator;

/**
 * Draws from a generator's raw 64 bits only. The default methods of {@link RandomGenerator} may change between JDKs;
 * a replayed suggestion must not.
 */
final class Uniforms {
    private static final double UNIT = 0x1p-53;

    private Uniforms() {}

    /** Uniform on [0, 1), 53 bits. */
    static double closedOpen(RandomGenerator random) {
        return (random.nextLong() >>> 11) * UNIT;
    }

    /** Uniform on (0, 1): the middles of 2^53 cells. */
    static double open(RandomGenerator random) {
        return ((random.nextLong() >>> 11) + 0.5) * UNIT;
    }
}

package io.trialstream.results.read;

import java.util.Arrays;

/**
 * A random sample of a study's trials that stays the same as long as the study does, and changes little as it grows: the
 * trials whose hashed numbers are the smallest. The hash is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014) on
 * the number plus the seed times its increment.
 */
final class BottomSample {
    private static final long INCREMENT = 0x9E3779B97F4A7C15L;

    private BottomSample() {}

    /** Numbers from 0 to {@code trials} - 1, in rising order: all, or {@code size} of them. */
    static Integer[] of(int trials, int size, long seed) {
        long[] hashes = new long[trials];
        for (int number = 0; number < trials; number++) {
            hashes[number] = hash(number, seed);
        }
        long bound = Long.MAX_VALUE;
        if (size < trials) {
            long[] sorted = hashes.clone();
            Arrays.sort(sorted);
            bound = sorted[size];
        }
        Integer[] sample = new Integer[Math.min(size, trials)];
        int taken = 0;
        for (int number = 0; number < trials && taken < sample.length; number++) {
            if (size >= trials || hashes[number] < bound) {
                sample[taken++] = number;
            }
        }
        return Arrays.copyOf(sample, taken);
    }

    private static long hash(int number, long seed) {
        long z = seed * INCREMENT + (number + 1) * INCREMENT;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

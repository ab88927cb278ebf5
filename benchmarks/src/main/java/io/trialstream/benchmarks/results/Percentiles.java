package io.trialstream.benchmarks.results;

import java.util.Arrays;
import java.util.Locale;

/**
 * Times of many repetitions, in milliseconds.
 *
 * @param count how many
 * @param p50 the median
 * @param p90 what nine of ten stay below
 * @param p99 what 99 of 100 stay below
 * @param max the longest
 */
record Percentiles(int count, double p50, double p90, double p99, double max) {

    /** Of times in nanoseconds. */
    static Percentiles of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted.length, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double part) {
        int place = (int) Math.ceil(part * sorted.length) - 1;
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, place)] / 1e6;
    }

    /** As cells of a table. */
    String cells() {
        return String.format(Locale.ROOT, "%d | %.1f | %.1f | %.1f | %.1f", count, p50, p90, p99, max);
    }
}

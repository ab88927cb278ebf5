package io.trialstream.trainer.artifact;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How values are distributed, in equal buckets from the least to the greatest.
 *
 * @param minimum the least value
 * @param maximum the greatest value
 * @param sum of all
 * @param sumOfSquares of all
 * @param counts of the values in each bucket
 */
record Histogram(double minimum, double maximum, double sum, double sumOfSquares, List<Integer> counts) {
    private static final int BUCKETS = 64;

    /** Copies. */
    Histogram {
        counts = List.copyOf(counts);
    }

    /** Of at least one value; values that are not finite are left out. */
    static Histogram of(float[] values) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
                sum += value;
                squares += (double) value * value;
            }
        }
        if (least > greatest) {
            return new Histogram(0, 0, 0, 0, List.of(0));
        }
        int[] counts = new int[BUCKETS];
        double width = (greatest - least) / BUCKETS;
        for (float value : values) {
            if (Float.isFinite(value)) {
                counts[width == 0 ? 0 : (int) Math.min((value - least) / width, BUCKETS - 1)]++;
            }
        }
        return new Histogram(
                least, greatest, sum, squares, IntStream.of(counts).boxed().toList());
    }

    /** HistogramProto: min, max, num, sum, sum_squares, upper limits of the buckets, their counts. */
    ProtoMessage toMessage() {
        double width = (maximum - minimum) / counts.size();
        List<Double> limits = IntStream.rangeClosed(1, counts.size())
                .mapToObj(i -> i == counts.size() ? maximum : minimum + i * width)
                .toList();
        return new ProtoMessage()
                .real(1, minimum)
                .real(2, maximum)
                .real(3, counts.stream().mapToInt(Integer::intValue).sum())
                .real(4, sum)
                .real(5, sumOfSquares)
                .reals(6, limits)
                .reals(7, counts.stream().map(Integer::doubleValue).toList());
    }
}

package io.trialstream.tpe;

/**
 * Sums in the order in which numpy adds: in eight interleaved parts up to 128 terms, in two halves beyond. Where two
 * candidates are equally good but for rounding, a peer that is built on numpy decides between them by this.
 */
final class NumpySum {
    private static final int BLOCK = 128;
    private static final int LANES = 8;

    private NumpySum() {}

    /** The sum of the first count terms. */
    static double of(double[] terms, int count) {
        return sum(terms, 0, count);
    }

    private static double sum(double[] terms, int from, int count) {
        if (count < LANES) {
            double sum = 0;
            for (int i = from; i < from + count; i++) {
                sum += terms[i];
            }
            return sum;
        }
        if (count > BLOCK) {
            int half = count / 2 - count / 2 % LANES;
            return sum(terms, from, half) + sum(terms, from + half, count - half);
        }
        return block(terms, from, count);
    }

    private static double block(double[] terms, int from, int count) {
        double[] lanes = new double[LANES];
        int whole = count - count % LANES;
        for (int i = 0; i < whole; i++) {
            lanes[i % LANES] += terms[from + i];
        }
        double sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        for (int i = whole; i < count; i++) {
            sum += terms[from + i];
        }
        return sum;
    }
}

package io.trialstream.tpe;

import io.trialstream.space.StandardNormal;

/**
 * log masses of one interval under normals, remembered: on a grid many kernels share a place and a width. A hash table
 * with open addressing, without boxes; a cache of a pure function. One thread at a time.
 */
final class IntervalMasses {
    /** Of each place mu, sigma and the log mass; sigma is 0 where there is none. */
    private static final int WIDTH = 3;

    private final double low;
    private final double high;
    private double[] entries = new double[16 * WIDTH];
    private int size;

    /** Of the interval between two points, which may be infinite. */
    IntervalMasses(double low, double high) {
        this.low = low;
        this.high = high;
    }

    /** How many are remembered. */
    int size() {
        return size;
    }

    /** log of the interval's mass under a normal; sigma is positive. */
    double logMass(double mu, double sigma) {
        int place = place(mu, sigma);
        if (entries[place + 1] == 0) {
            double logMass = StandardNormal.logMass((low - mu) / sigma, (high - mu) / sigma);
            put(place, mu, sigma, logMass);
            if (2 * ++size * WIDTH > entries.length) {
                grow();
            }
            return logMass;
        }
        return entries[place + 2];
    }

    /** Where the entry is, or would be. */
    private int place(double mu, double sigma) {
        int last = entries.length / WIDTH - 1;
        long bits = Double.doubleToRawLongBits(mu) * 0x9e3779b97f4a7c15L + Double.doubleToRawLongBits(sigma);
        // Points of a grid differ in their upper bits only.
        int place = (int) ((bits ^ bits >>> 32) * 0xbf58476d1ce4e5b9L >>> 32) & last;
        while (entries[place * WIDTH + 1] != 0
                && (entries[place * WIDTH] != mu || entries[place * WIDTH + 1] != sigma)) {
            place = place + 1 & last;
        }
        return place * WIDTH;
    }

    private void put(int place, double mu, double sigma, double logMass) {
        entries[place] = mu;
        entries[place + 1] = sigma;
        entries[place + 2] = logMass;
    }

    private void grow() {
        double[] before = entries;
        entries = new double[2 * before.length];
        for (int i = 0; i < before.length; i += WIDTH) {
            if (before[i + 1] != 0) {
                put(place(before[i], before[i + 1]), before[i], before[i + 1], before[i + 2]);
            }
        }
    }
}

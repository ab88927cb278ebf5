package io.trialstream.tpe;

import java.util.Arrays;

/** Linear forgetting: the newest observations count in full, older ones less the older they are. */
final class AgeWeights {
    private AgeWeights() {}

    /**
     * Weights of n observations, oldest first: a ramp from 1/n to 1 over the oldest n - full, then full ones.
     *
     * @param full how many of the newest count in full
     */
    static double[] of(int n, int full) {
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        int ramp = n - full;
        for (int i = 0; i < ramp; i++) {
            double from = 1.0 / n;
            weights[i] = ramp == 1 ? from : from + i * ((1 - from) / (ramp - 1));
        }
        return weights;
    }
}

package io.trialstream.tpe;

import java.util.Arrays;

/**
 * A weighted sum of normal densities, components sorted by their means.
 *
 * @param weights sum to 1
 */
record NormalMixture(double[] weights, double[] mus, double[] sigmas) {
    /** The narrowest component is this part of the prior's width. */
    private static final double NARROWEST = 100;

    /**
     * Hyperopt's adaptive Parzen estimator: one component an observation, as wide as the larger distance to its
     * neighbours (the prior's centre is one of them), and the prior as a component.
     *
     * @param observations oldest first
     * @param fullWeights how many of the newest count in full
     */
    static NormalMixture adaptive(
            double[] observations, double priorWeight, double priorMu, double priorSigma, int fullWeights) {
        int n = observations.length;
        int[] order = Ascending.places(observations);
        int prior = priorPosition(observations, order, priorMu);
        double[] ages = AgeWeights.of(n, fullWeights);
        double[] weights = new double[n + 1];
        double[] mus = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            int observation = i == prior ? -1 : order[i < prior ? i : i - 1];
            mus[i] = i == prior ? priorMu : observations[observation];
            weights[i] = i == prior ? priorWeight : ages[observation];
        }
        double[] sigmas = widths(mus, prior, priorSigma);
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> weights[i] / sum);
        return new NormalMixture(weights, mus, sigmas);
    }

    private static int priorPosition(double[] observations, int[] order, double priorMu) {
        int position = 0;
        while (position < order.length && observations[order[position]] < priorMu) {
            position++;
        }
        // A single observation at the prior's centre comes before it.
        return order.length == 1 && observations[0] == priorMu ? 1 : position;
    }

    private static double[] widths(double[] mus, int prior, double priorSigma) {
        int last = mus.length - 1;
        double narrowest = priorSigma / Math.min(NARROWEST, 1 + mus.length);
        double[] sigmas = new double[mus.length];
        for (int i = 0; i <= last; i++) {
            double below = i > 0 ? mus[i] - mus[i - 1] : 0;
            double above = i < last ? mus[i + 1] - mus[i] : 0;
            double width = last == 1 ? 0.5 * priorSigma : Math.max(below, above);
            sigmas[i] = i == prior ? priorSigma : Math.min(Math.max(width, narrowest), priorSigma);
        }
        return sigmas;
    }
}

package io.trialstream.tpe;

import java.util.Arrays;

/**
 * Optuna's kernels of a choice among K options: the kernel of an observation c among n gives option k the mass
 * (1[k = c] + K w p0(k) / (n + 1)) / (1 + K w / (n + 1)), with the prior p0 = 1/K unless the space says otherwise.
 *
 * <p>Optuna divides each kernel by its sum in floating point, which depends on the place of the observed option in it.
 * So of two options that are equally good to the eye it always prefers the same one. That is done here too: with few
 * options it decides many suggestions.
 */
final class CategoricalKernels implements Kernels {
    private final int[] observed;
    private final double[] prior;
    private final double[] shares;
    /** For each option, the sum of the kernel of an observation of it. */
    private final double[] sums;

    /** Takes the observed options. */
    CategoricalKernels(double[] observed, double[] prior, double priorWeight) {
        this.observed = new int[observed.length];
        for (int i = 0; i < observed.length; i++) {
            this.observed[i] = (int) observed[i];
        }
        this.prior = prior;
        boolean uniform = Arrays.stream(prior).allMatch(p -> p == prior[0]);
        double share = priorWeight / (observed.length + 1);
        this.shares = new double[prior.length];
        Arrays.setAll(shares, k -> uniform ? share : prior.length * prior[k] * share);
        this.sums = new double[prior.length];
        Arrays.setAll(sums, this::sum);
    }

    private double sum(int option) {
        double[] row = shares.clone();
        row[option] += 1;
        return NumpySum.of(row, row.length);
    }

    /** The mass of an option under a kernel. */
    double probability(int kernel, int option) {
        if (kernel == observed.length) {
            return prior[option];
        }
        double mass = shares[option];
        return (observed[kernel] == option ? mass + 1 : mass) / sums[observed[kernel]];
    }

    @Override
    public double draw(int kernel, CounterRandom random) {
        double point = random.nextDouble();
        int last = 0;
        for (int option = 0; option < prior.length; option++) {
            double probability = probability(kernel, option);
            if (probability > 0) {
                last = option;
                point -= probability;
                if (point < 0) {
                    break;
                }
            }
        }
        return last;
    }

    @Override
    public void addLogDensities(double value, double[] sums) {
        int option = (int) value;
        double[] logs = new double[prior.length];
        for (int seen = 0; seen < logs.length; seen++) {
            double mass = shares[option];
            logs[seen] = StrictMath.log((seen == option ? mass + 1 : mass) / this.sums[seen]);
        }
        for (int i = 0; i < observed.length; i++) {
            sums[i] += logs[observed[i]];
        }
        sums[observed.length] += StrictMath.log(prior[option]);
    }
}

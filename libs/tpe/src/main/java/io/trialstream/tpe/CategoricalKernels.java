package io.trialstream.tpe;

/**
 * Optuna's kernels of a choice among K options: the kernel of an observation c among n gives option k the mass
 * (1[k = c] + K w p0(k) / (n + 1)) / (1 + K w / (n + 1)), with the prior p0 = 1/K unless the space says otherwise.
 */
final class CategoricalKernels implements Kernels {
    private final int[] observed;
    private final double[] prior;
    private final double share;

    /** Takes the observed options. */
    CategoricalKernels(double[] observed, double[] prior, double priorWeight) {
        this.observed = new int[observed.length];
        for (int i = 0; i < observed.length; i++) {
            this.observed[i] = (int) observed[i];
        }
        this.prior = prior;
        this.share = prior.length * priorWeight / (observed.length + 1);
    }

    /** The mass of an option under a kernel. */
    double probability(int kernel, int option) {
        return kernel == observed.length
                ? prior[option]
                : ((observed[kernel] == option ? 1 : 0) + share * prior[option]) / (1 + share);
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
        double hit = StrictMath.log((1 + share * prior[option]) / (1 + share));
        double miss = StrictMath.log(share * prior[option] / (1 + share));
        for (int i = 0; i < observed.length; i++) {
            sums[i] += observed[i] == option ? hit : miss;
        }
        sums[observed.length] += StrictMath.log(prior[option]);
    }
}

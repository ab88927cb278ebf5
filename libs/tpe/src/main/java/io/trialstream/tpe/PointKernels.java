package io.trialstream.tpe;

import io.trialstream.space.Continuous;
import java.util.Arrays;

/** Truncated normal kernels of a continuous parameter; densities are on its axis, for the prior too. */
final class PointKernels implements TreeKernels {
    private static final double LOG_SQRT_2_PI = 0.9189385332046727;

    private final NormalFit fit;
    private final Continuous prior;
    private final double[] centres;
    private final double[] precisions;
    private final double[] constants;
    private final int[] inactive;

    PointKernels(NormalFit fit, Continuous prior) {
        this.fit = fit;
        this.prior = prior;
        int n = fit.mus().length;
        centres = new double[n];
        precisions = new double[n];
        constants = new double[n];
        int[] without = new int[n];
        int count = 0;
        double width = Double.NaN;
        double precision = Double.NaN;
        double logHeight = Double.NaN;
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(fit.mus()[i])) {
                without[count++] = i;
            } else {
                centres[i] = fit.mus()[i];
                if (fit.sigmas()[i] != width) {
                    width = fit.sigmas()[i];
                    precision = 1 / width;
                    logHeight = -StrictMath.log(width) - LOG_SQRT_2_PI;
                }
                precisions[i] = precision;
                constants[i] = logHeight - fit.normalisers()[i];
            }
        }
        inactive = Arrays.copyOf(without, count);
    }

    @Override
    public double draw(int member, CounterRandom random) {
        return precisions[member] > 0 ? fit.draw(member, random) : prior.sample(random);
    }

    @Override
    public void add(double value, double latent, double logPrior, double[] sums) {
        for (int i = 0; i < centres.length; i++) {
            double z = (latent - centres[i]) * precisions[i];
            sums[i] += constants[i] - 0.5 * z * z;
        }
        for (int member : inactive) {
            sums[member] += logPrior;
        }
    }

    @Override
    public boolean discrete() {
        return false;
    }
}

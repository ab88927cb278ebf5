package io.trialstream.tpe;

import io.trialstream.space.Distribution;
import java.util.HashMap;
import java.util.Map;

/**
 * Kernels of an unordered parameter with K values: the kernel of an observation c among n has the mass
 * (1[k = c] + s p0(k)) / (1 + s) at k, where s = K w / (n + 1), w is the prior's weight and p0 the prior.
 */
final class OptionKernels implements TreeKernels {
    private final Distribution prior;
    private final double[] observed;
    private final double share;
    private final Map<Double, double[]> columns = new HashMap<>();

    /** Takes each member's value, NaN where the parameter was not active. */
    OptionKernels(Distribution prior, double[] observed, double priorWeight) {
        this.prior = prior;
        this.observed = observed;
        int active = 0;
        for (double value : observed) {
            active += Double.isNaN(value) ? 0 : 1;
        }
        this.share = prior.cardinality().orElseThrow().doubleValue() * priorWeight / (active + 1);
    }

    @Override
    public double draw(int member, CounterRandom random) {
        double value = observed[member];
        return !Double.isNaN(value) && random.nextDouble() * (1 + share) < 1 ? value : prior.sample(random);
    }

    @Override
    public void add(double value, double[] sums) {
        double[] column = columns.computeIfAbsent(value, this::column);
        for (int i = 0; i < observed.length; i++) {
            sums[i] += column[i];
        }
    }

    private double[] column(double value) {
        double logPrior = prior.logDensity(value);
        double p = StrictMath.exp(logPrior);
        double hit = StrictMath.log((1 + share * p) / (1 + share));
        double miss = StrictMath.log(share * p / (1 + share));
        double[] column = new double[observed.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = Double.isNaN(observed[i]) ? logPrior : observed[i] == value ? hit : miss;
        }
        return column;
    }
}

package io.trialstream.tpe;

import io.trialstream.space.Distribution;
import java.util.Arrays;

/**
 * Kernels of an unordered parameter with K values: the kernel of an observation c among n has the mass
 * (1[k = c] + s p0(k)) / (1 + s) at k, where s = K w / (n + 1), w is the prior's weight and p0 the prior.
 */
final class OptionKernels implements TreeKernels {
    /** Values that are not among the first so many are compared one by one. */
    private static final int TABULATED = 64;

    private final Distribution prior;
    private final double[] observed;
    private final double share;
    /** For each member the place of its value among the first ones, else one of the two places behind them. */
    private final int[] places;

    private final ValueCache<double[]> columns;

    /**
     * Takes each member's value, NaN where the parameter was not active.
     *
     * @param parameters how many share the memory for what is remembered
     */
    OptionKernels(Distribution prior, double[] observed, double priorWeight, int parameters) {
        this.columns = new ValueCache<>(parameters, column -> column.length);
        this.prior = prior;
        this.observed = observed;
        this.places = new int[observed.length];
        int active = 0;
        for (int i = 0; i < observed.length; i++) {
            active += Double.isNaN(observed[i]) ? 0 : 1;
            places[i] = place(observed[i]);
        }
        this.share = prior.cardinality().orElseThrow().doubleValue() * priorWeight / (active + 1);
    }

    private int place(double value) {
        if (Double.isNaN(value)) {
            return TABULATED + 1;
        }
        return value >= 0 && value < TABULATED && value == (int) value ? (int) value : TABULATED;
    }

    @Override
    public double draw(int member, CounterRandom random) {
        double value = observed[member];
        return !Double.isNaN(value) && random.nextDouble() * (1 + share) < 1 ? value : prior.sample(random);
    }

    @Override
    public void add(double value, double latent, double logPrior, double[] sums) {
        double[] column = columns.get(value, v -> column(v, logPrior));
        for (int i = 0; i < column.length; i++) {
            sums[i] += column[i];
        }
    }

    @Override
    public boolean discrete() {
        return true;
    }

    private double[] column(double value, double logPrior) {
        double p = StrictMath.exp(logPrior);
        double hit = StrictMath.log((1 + share * p) / (1 + share));
        double miss = StrictMath.log(share * p / (1 + share));
        double[] byPlace = new double[TABULATED + 2];
        Arrays.fill(byPlace, miss);
        byPlace[TABULATED + 1] = logPrior;
        int place = place(value);
        byPlace[place] = hit;
        double[] column = new double[observed.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = byPlace[places[i]];
        }
        if (place == TABULATED) {
            for (int i = 0; i < column.length; i++) {
                column[i] = places[i] == TABULATED && observed[i] != value ? miss : column[i];
            }
        }
        return column;
    }
}

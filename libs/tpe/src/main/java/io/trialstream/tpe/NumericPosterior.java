package io.trialstream.tpe;

import io.trialstream.space.StandardNormal;

/**
 * Hyperopt's density of a numeric parameter: a mixture of normals in the value or its logarithm, truncated as a whole,
 * and rounded to multiples of q.
 *
 * <p>As in Hyperopt, the continuous log families are not divided by the mass inside the bounds: a constant for each
 * density, which does not change the order of candidates.
 */
final class NumericPosterior implements Posterior {
    /** Where Hyperopt floors the argument of a logarithm. */
    static final double SMALLEST = 1e-12;
    /** How many posteriors there may be at a time. */
    private static final int CACHES = 1000;

    private final NormalMixture mixture;
    private final boolean logarithmic;
    private final double low;
    private final double high;
    private final double step;
    private final double[] logHeights;
    /** The mass inside the bounds of each component and those before it; only where it is needed. */
    private double[] accepted;

    /** log masses of the values asked for: on a grid the candidates are few. */
    private final ValueCache<Double> cells = new ValueCache<>(CACHES, logMass -> 1);

    /**
     * Bounds are of the value's logarithm if logarithmic, and may be infinite.
     *
     * @param step q, or 0 if continuous
     */
    NumericPosterior(NormalMixture mixture, boolean logarithmic, double low, double high, double step) {
        this.mixture = mixture;
        this.logarithmic = logarithmic;
        this.low = low;
        this.high = high;
        this.step = step;
        this.logHeights = new double[step > 0 ? 0 : mixture.mus().length];
        for (int i = 0; i < logHeights.length; i++) {
            logHeights[i] = StrictMath.log(mixture.weights()[i] / mixture.sigmas()[i]);
        }
    }

    private double[] accepted() {
        if (accepted == null) {
            accepted = accumulated(low, high);
        }
        return accepted;
    }

    private double logAcceptance() {
        return StrictMath.log(accepted()[accepted().length - 1]);
    }

    /** The mass of an interval under each component and those before it. */
    private double[] accumulated(double from, double to) {
        double[] accumulated = new double[mixture.mus().length];
        IntervalMasses masses = new IntervalMasses(from, to);
        double sum = 0;
        for (int i = 0; i < accumulated.length; i++) {
            double mu = mixture.mus()[i];
            double sigma = mixture.sigmas()[i];
            double logMass = step > 0
                    ? masses.logMass(mu, sigma)
                    : StandardNormal.logMass((from - mu) / sigma, (to - mu) / sigma);
            sum += mixture.weights()[i] * StrictMath.exp(logMass);
            accumulated[i] = sum;
        }
        return accumulated;
    }

    @Override
    public double draw(CounterRandom random) {
        int last = accepted().length - 1;
        double point = random.nextDouble() * accepted[last];
        int component = 0;
        while (component < last && accepted[component] <= point) {
            component++;
        }
        double mu = mixture.mus()[component];
        double sigma = mixture.sigmas()[component];
        double z = StandardNormal.truncatedQuantile(random.nextOpen(), (low - mu) / sigma, (high - mu) / sigma);
        double latent = Math.min(Math.max(mu + sigma * z, low), high);
        double value = logarithmic ? StrictMath.exp(latent) : latent;
        return step > 0 ? Math.rint(value / step) * step : value;
    }

    @Override
    public double logDensity(double value) {
        return step > 0 ? cells.get(value, this::logCell) : logPoint(value);
    }

    private double logPoint(double value) {
        double latent = logarithmic ? StrictMath.log(value) : value;
        double[] terms = new double[logHeights.length];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = logHeights[i] + StandardNormal.logDensity((latent - mixture.mus()[i]) / mixture.sigmas()[i]);
        }
        double logSum = ProductMixture.logSumExp(terms);
        return logarithmic ? logSum - latent : logSum - logAcceptance();
    }

    private double logCell(double value) {
        double from = Math.max(latentEdge(value - 0.5 * step), low);
        double to = Math.min(latentEdge(value + 0.5 * step), high);
        double[] accumulated = accumulated(from, to);
        return StrictMath.log(accumulated[accumulated.length - 1]) - logAcceptance();
    }

    private double latentEdge(double edge) {
        return logarithmic ? StrictMath.log(Math.max(edge, SMALLEST)) : edge;
    }
}

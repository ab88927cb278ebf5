package io.trialstream.tpe;

import io.trialstream.space.StandardNormal;
import java.util.HashMap;
import java.util.Map;

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

    private final NormalMixture mixture;
    private final boolean logarithmic;
    private final double low;
    private final double high;
    private final double step;
    private final double[] accepted;
    private final double[] logHeights;
    private final double logAcceptance;
    /** log masses of the values asked for: on a grid the candidates are few. */
    private final Map<Double, Double> cells = new HashMap<>();

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
        this.accepted = new double[mixture.mus().length];
        this.logHeights = new double[accepted.length];
        double sum = 0;
        for (int i = 0; i < accepted.length; i++) {
            logHeights[i] = StrictMath.log(mixture.weights()[i] / mixture.sigmas()[i]);
            sum += mixture.weights()[i] * mass(i, low, high);
            accepted[i] = sum;
        }
        this.logAcceptance = StrictMath.log(sum);
    }

    private double mass(int component, double from, double to) {
        double mu = mixture.mus()[component];
        double sigma = mixture.sigmas()[component];
        return StrictMath.exp(StandardNormal.logMass((from - mu) / sigma, (to - mu) / sigma));
    }

    @Override
    public double draw(CounterRandom random) {
        double point = random.nextDouble() * accepted[accepted.length - 1];
        int component = 0;
        while (component < accepted.length - 1 && accepted[component] <= point) {
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
        return step > 0 ? cells.computeIfAbsent(value, this::logCell) : logPoint(value);
    }

    private double logPoint(double value) {
        double latent = logarithmic ? StrictMath.log(value) : value;
        double[] terms = new double[accepted.length];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = logHeights[i] + StandardNormal.logDensity((latent - mixture.mus()[i]) / mixture.sigmas()[i]);
        }
        double logSum = ProductMixture.logSumExp(terms);
        return logarithmic ? logSum - latent : logSum - logAcceptance;
    }

    private double logCell(double value) {
        double from = Math.max(latentEdge(value - 0.5 * step), low);
        double to = Math.min(latentEdge(value + 0.5 * step), high);
        double sum = 0;
        for (int i = 0; i < accepted.length; i++) {
            sum += mixture.weights()[i] * mass(i, from, to);
        }
        return StrictMath.log(sum) - logAcceptance;
    }

    private double latentEdge(double edge) {
        return logarithmic ? StrictMath.log(Math.max(edge, SMALLEST)) : edge;
    }
}

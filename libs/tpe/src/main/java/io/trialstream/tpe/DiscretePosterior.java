package io.trialstream.tpe;

import io.trialstream.space.Distribution;

/**
 * Hyperopt's density of a choice or a randint: p(k) = (sum of the weights of the observations of k + K priorWeight
 * p0(k)) / Z, where p0 is the prior. Linear in the observations whatever K is.
 */
final class DiscretePosterior implements Posterior {
    /** How many posteriors there may be at a time. */
    private static final int CACHES = 1000;

    private final double[] observations;
    private final double[] weights;
    private final double observedMass;
    private final double priorMass;
    private final Distribution prior;
    /** Of the values asked for: candidates are few different ones. */
    private final ValueCache<Double> logMasses = new ValueCache<>(CACHES, logMass -> 1);

    /** Takes the observed values, oldest first. */
    DiscretePosterior(double[] observations, double priorWeight, Distribution prior, long count, int fullWeights) {
        this.observations = observations;
        this.weights = AgeWeights.of(observations.length, fullWeights);
        this.prior = prior;
        this.priorMass = priorWeight * count;
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        this.observedMass = sum;
    }

    @Override
    public double draw(CounterRandom random) {
        double point = random.nextDouble() * (observedMass + priorMass);
        for (int i = 0; i < weights.length; i++) {
            point -= weights[i];
            if (point < 0) {
                return observations[i];
            }
        }
        return prior.sample(random);
    }

    @Override
    public double logDensity(double value) {
        return logMasses.get(value, v -> StrictMath.log(probability(v)));
    }

    /** p(k). */
    double probability(double value) {
        double mass = priorMass * StrictMath.exp(prior.logDensity(value));
        for (int i = 0; i < weights.length; i++) {
            if (observations[i] == value) {
                mass += weights[i];
            }
        }
        return mass / (observedMass + priorMass);
    }
}

package io.trialstream.benchmarks;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * A closed-form function to minimise; where it is NaN, the configuration cannot be evaluated.
 *
 * @param minimum its smallest value, or one that it nowhere falls below
 * @param noise standard deviation of what an observation adds to it
 */
public record FunctionObjective(
        String name, SearchSpace space, ToDoubleFunction<Map<String, Object>> formula, double minimum, double noise)
        implements Objective {
    private static final int EVALUATIONS = 100;

    @Override
    public boolean maximise() {
        return false;
    }

    @Override
    public int evaluations() {
        return EVALUATIONS;
    }

    @Override
    public double observe(Configuration configuration, RandomGenerator random) {
        double value = formula.applyAsDouble(configuration.values());
        return noise == 0 ? value : value + noise * random.nextGaussian();
    }

    @Override
    public double regret(Configuration configuration) {
        return formula.applyAsDouble(configuration.values()) - minimum;
    }
}

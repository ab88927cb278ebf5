package io.trialstream.benchmarks;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * A closed-form function to minimise, without noise.
 *
 * @param minimum its smallest value
 */
public record FunctionObjective(
        String name, SearchSpace space, ToDoubleFunction<Map<String, Object>> formula, double minimum)
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
        return formula.applyAsDouble(configuration.values());
    }

    @Override
    public double regret(Configuration configuration) {
        return formula.applyAsDouble(configuration.values()) - minimum;
    }
}

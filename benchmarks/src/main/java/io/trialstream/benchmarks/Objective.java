package io.trialstream.benchmarks;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.util.random.RandomGenerator;

/**
 * What a simulated study optimises. Implementations are immutable and thread-safe unless they say otherwise.
 */
public interface Objective {
    /** Its name in reports. */
    String name();

    /** The space it is defined on. */
    SearchSpace space();

    /** Whether larger values are better. */
    boolean maximise();

    /** How many evaluations a study of it has unless the user says otherwise. */
    int evaluations();

    /**
     * One noisy observation, in the objective's own direction; NaN if this configuration cannot be evaluated.
     *
     * @param random decides which training seed is seen
     */
    double observe(Configuration configuration, RandomGenerator random);

    /**
     * How much worse than the best mean the configuration's mean is, never negative up to rounding; for an objective
     * whose best is unknown, the mean itself, negated when it is maximised.
     */
    double regret(Configuration configuration);
}

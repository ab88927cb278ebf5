package io.trialstream.benchmarks;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import io.trialstream.tpe.Evidence;
import io.trialstream.tpe.Observation;
import java.util.SplittableRandom;

/** Evidence to measure speed with: random configurations of a space whose loss is a function of them. */
final class History {
    private History() {}

    /** So many completed trials; the same for the same number. */
    static Evidence random(Objective objective, int trials) {
        SearchSpace space = objective.space();
        SplittableRandom random = new SplittableRandom(20_261_123);
        Evidence evidence = Evidence.empty();
        for (int number = 0; number < trials; number++) {
            Configuration configuration = space.sample(random);
            double loss = objective.observe(configuration, random);
            evidence = evidence.with(Observation.completed(number, configuration, loss));
        }
        return evidence;
    }
}

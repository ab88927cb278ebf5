package io.trialstream.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * The outcomes of one contender with one number of workers, by seed.
 *
 * @param outcomes in the order of the seeds 0, 1, 2, …
 */
public record Sample(String contender, int workers, List<Simulation.Outcome> outcomes) {
    public Sample {
        outcomes = List.copyOf(outcomes);
    }

    /** A mean with its standard error (0 for fewer than two values). */
    public record Mean(double value, double standardError) {
        static Mean of(double[] values) {
            double mean = Arrays.stream(values).average().orElse(Double.NaN);
            double squares =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            int n = values.length;
            return new Mean(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n));
        }

        /** This mean in units of its standard error. */
        double inStandardErrors() {
            return standardError == 0 ? 0 : value / standardError;
        }
    }

    /** The regrets by seed. */
    public double[] regrets() {
        return outcomes.stream().mapToDouble(Simulation.Outcome::regret).toArray();
    }

    /** The mean regret. */
    public Mean regret() {
        return Mean.of(regrets());
    }

    /** The mean of the paired differences to another sample: positive if this one has the larger regrets. */
    public Mean over(Sample other) {
        double[] differences = regrets();
        double[] others = other.regrets();
        Arrays.setAll(differences, seed -> differences[seed] - others[seed]);
        return Mean.of(differences);
    }

    /** Mean share of duplicates. */
    public double duplicates() {
        return outcomes.stream()
                .mapToDouble(Simulation.Outcome::duplicates)
                .average()
                .orElse(0);
    }
}

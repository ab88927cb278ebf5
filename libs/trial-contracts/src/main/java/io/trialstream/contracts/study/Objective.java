package io.trialstream.contracts.study;

/**
 * What a study optimises.
 *
 * @param metric the name of a metric that the workload reports each epoch; its best value counts
 * @param direction which way is better
 */
public record Objective(String metric, Direction direction) {

    /** Which way is better. */
    public enum Direction {
        /** More is better. */
        MAXIMIZE,
        /** Less is better. */
        MINIMIZE;

        /** Whether {@code a} is strictly better than {@code b}. */
        public boolean isBetter(double a, double b) {
            return this == MAXIMIZE ? a > b : a < b;
        }

        /** The objective as a loss to be minimised: negated for MAXIMIZE. */
        public double loss(double objective) {
            return this == MAXIMIZE ? -objective : objective;
        }
    }

    /** Refuses absent fields. */
    public Objective {
        if (metric == null || metric.isBlank()) {
            throw new IllegalArgumentException("objective.metric must name a metric");
        }
        if (direction == null) {
            throw new IllegalArgumentException("objective.direction must be maximize or minimize");
        }
    }
}

package io.trialstream.tpe;

/** Which way an objective is better. Samplers minimise a loss. */
public enum Direction {
    MINIMIZE,
    MAXIMIZE;

    /** The loss of a metric: itself, or its negative. */
    public double loss(double metric) {
        return this == MINIMIZE ? metric : -metric;
    }

    /** The metric of a loss, the inverse of {@link #loss}. */
    public double metric(double loss) {
        return loss(loss);
    }
}

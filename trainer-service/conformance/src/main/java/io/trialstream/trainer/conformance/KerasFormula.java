package io.trialstream.trainer.conformance;

import io.trialstream.trainer.blueprint.OptimizerKind;

/** One weight's steps after the formula at {@link OptimizerKind}, in double precision. */
final class KerasFormula {

    private static final double EPSILON = 1e-7;

    private final OptimizerKind kind;
    private double m;
    private double v;
    private double product = 1;

    KerasFormula(OptimizerKind kind) {
        this.kind = kind;
    }

    /**
     * What is subtracted from the weight.
     *
     * @param t the step, from 1, each once and in order
     */
    double step(double g, int t, double rate) {
        return rate
                * switch (kind) {
                    case ADAM -> adam(g, t);
                    case NADAM -> nadam(g, t);
                    case RMSPROP -> rmsProp(g);
                };
    }

    private double adam(double g, int t) {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        double scale = Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        return scale * m / (Math.sqrt(v) + EPSILON);
    }

    private double nadam(double g, int t) {
        double mu = 0.9 * (1 - 0.5 * Math.pow(0.96, 0.004 * t));
        double next = 0.9 * (1 - 0.5 * Math.pow(0.96, 0.004 * (t + 1)));
        product *= mu;
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        double direction = (1 - mu) * g / (1 - product) + next * m / (1 - product * next);
        return direction / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + EPSILON);
    }

    private double rmsProp(double g) {
        v = 0.9 * v + 0.1 * g * g;
        return g / (Math.sqrt(v) + EPSILON);
    }
}

package io.trialstream.benchmarks;

import static io.trialstream.benchmarks.ConditionalFunctions.number;

import java.util.Map;

/** Closed-form functions on flat spaces. Values as a configuration shows them. */
final class PlainFunctions {
    private static final double[] ALPHA = {1.0, 1.2, 3.0, 3.2};
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {1312, 1696, 5569, 124, 8283, 5886},
        {2329, 4135, 8307, 3736, 1004, 9991},
        {2348, 1451, 3522, 2883, 3047, 6650},
        {4047, 8828, 8732, 5743, 1091, 381}
    };
    /** Away from the centre of the space, where a sampler's prior has its mode. */
    private static final double[] ACKLEY_OPTIMUM = {-18, 7, 21, -4, 12, -25, 28, 3};

    private static final Map<String, Double> BEST_RATE =
            Map.of("sgd", 0.1, "adam", 1e-3, "rmsprop", 3e-4, "lion", 1e-4);
    private static final Map<String, Double> PENALTY = Map.of("sgd", 0.02, "adam", 0.05, "rmsprop", 0.10, "lion", 0.0);
    private static final Map<String, Double> ACTIVATION =
            Map.of("relu", 0.06, "tanh", 0.10, "elu", 0.02, "gelu", 0.0, "selu", 0.03);

    private PlainFunctions() {}

    /** Branin's function: three equal minima. */
    static double branin(Map<String, Object> c) {
        double x = number(c, "x1");
        double y = number(c, "x2");
        double a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    /** Hartmann's function in six dimensions. */
    static double hartmann6(Map<String, Object> c) {
        double sum = 0;
        for (int i = 0; i < ALPHA.length; i++) {
            double exponent = 0;
            for (int j = 0; j < 6; j++) {
                double d = number(c, "x" + (j + 1)) - P[i][j] * 1e-4;
                exponent += A[i][j] * d * d;
            }
            sum -= ALPHA[i] * Math.exp(-exponent);
        }
        return sum;
    }

    /** log(1 + Rosenbrock's function) in four dimensions: a curved valley. */
    static double rosenbrock4(Map<String, Object> c) {
        double sum = 0;
        for (int i = 1; i < 4; i++) {
            double x = number(c, "x" + i);
            double bend = number(c, "x" + (i + 1)) - x * x;
            sum += 100 * bend * bend + (1 - x) * (1 - x);
        }
        return Math.log1p(sum);
    }

    /** Ackley's function in eight dimensions, its optimum moved: many local minima. */
    static double ackley8(Map<String, Object> c) {
        double squares = 0;
        double cosines = 0;
        for (int i = 0; i < ACKLEY_OPTIMUM.length; i++) {
            double z = number(c, "x" + (i + 1)) - ACKLEY_OPTIMUM[i];
            squares += z * z;
            cosines += Math.cos(2 * Math.PI * z);
        }
        return -20 * Math.exp(-0.2 * Math.sqrt(squares / 8)) - Math.exp(cosines / 8) + 20 + Math.E;
    }

    /** Categories, a log scale and integers: the best rate depends on the optimiser, the best depth on the momentum. */
    static double mixed(Map<String, Object> c) {
        String optimizer = (String) c.get("optimizer");
        double rate = (Math.log(number(c, "rate")) - Math.log(BEST_RATE.get(optimizer))) / Math.log(10);
        double decay = (Math.log(number(c, "decay")) + 7) / Math.log(10);
        double momentum = number(c, "momentum");
        double depth = number(c, "depth") - 3 - 4 * momentum;
        return PENALTY.get(optimizer)
                + 0.15 * Math.min(rate * rate, 6)
                + 0.02 * decay * decay
                + 0.01 * depth * depth
                + 0.05 * (momentum - 0.8) * (momentum - 0.8)
                + ACTIVATION.get((String) c.get("activation"));
    }
}

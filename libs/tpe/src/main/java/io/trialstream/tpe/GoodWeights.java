package io.trialstream.tpe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much each good trial counts, the best one first. */
enum GoodWeights {
    /** All the same. */
    UNIFORM {
        @Override
        double[] of(double[] losses, double next) {
            double[] weights = new double[losses.length];
            Arrays.fill(weights, 1);
            return weights;
        }
    },
    /**
     * By rank: log(n + 1) - log(i) for the i-th of n, as an evolution strategy recombines (Hansen and Ostermeier 2001).
     * Unlike an improvement it does not change with the scale of the loss, nor grow with a lucky outlier.
     */
    RANK {
        @Override
        double[] of(double[] losses, double next) {
            double[] weights = new double[losses.length];
            Arrays.setAll(weights, i -> StrictMath.log((losses.length + 1.0) / (i + 1)));
            return weights;
        }
    },
    /** max(1e-12, y* - y_i), y* the smallest loss outside the good part (Watanabe 2023). */
    IMPROVEMENT {
        @Override
        double[] of(double[] losses, double next) {
            if (Double.isNaN(next)) {
                return UNIFORM.of(losses, next);
            }
            double[] weights = new double[losses.length];
            Arrays.setAll(weights, i -> Math.max(1e-12, next - losses[i]));
            return weights;
        }
    };

    static final List<String> NAMES =
            Arrays.stream(values()).map(w -> w.name().toLowerCase(Locale.ROOT)).toList();

    static GoodWeights named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * The weights of good trials.
     *
     * @param losses ascending; NaN for pruned trials, which come last, where they reported nothing
     * @param next the smallest loss of a completed trial that is not good; NaN if there is none
     */
    abstract double[] of(double[] losses, double next);
}

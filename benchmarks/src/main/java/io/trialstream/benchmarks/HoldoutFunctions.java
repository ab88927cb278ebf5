package io.trialstream.benchmarks;

import static io.trialstream.benchmarks.ConditionalFunctions.number;
import static io.trialstream.benchmarks.ConditionalFunctions.object;
import static io.trialstream.benchmarks.ConditionalFunctions.square;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Closed-form functions that no setting of a sampler is chosen on: they only confirm, or refute, what was chosen on the
 * others. Values as a configuration shows them.
 */
final class HoldoutFunctions {
    private static final List<String> CELL = List.of("p", "q", "r", "s");
    private static final double[][][] CELL_PAIRS = cellPairs();

    private HoldoutFunctions() {}

    /** Reduction, model and class weights; the leaves' optima move with the reduction. */
    static double pipeline(Map<String, Object> c) {
        Map<String, Object> reduction = object(c, "reduction");
        double kept = reduction == null
                ? 1
                : reduction.containsKey("keep") ? number(reduction, "keep") : number(reduction, "components") / 30;
        double loss = (reduction == null ? 0.05 : reduction.containsKey("keep") ? 0.01 : 0) + 0.1 * square(kept - 0.45);
        loss += "weights".equals(c.get("balance")) ? 0 : 0.02;
        Map<String, Object> model = object(c, "model");
        if (model.containsKey("penalty")) {
            return loss + 0.08 + linear(object(model, "penalty"), kept);
        }
        return loss + (model.containsKey("neighbours") ? nearest(model, kept) : boosting(model, kept));
    }

    private static double linear(Map<String, Object> penalty, double kept) {
        double strength = Math.log(number(penalty, penalty.containsKey("l2") ? "l2" : "l1"));
        double mix = penalty.containsKey("mix") ? 0.1 * square(number(penalty, "mix") - kept) : 0.03;
        return 0.004 * square(strength + 5 - 4 * kept) + mix;
    }

    private static double nearest(Map<String, Object> model, double kept) {
        double metric = Map.of("euclid", 0.02, "city", 0.0, "cosine", 0.05).get((String) model.get("distance"));
        return 0.05 + metric + 0.03 * square(Math.log(number(model, "neighbours")) - 1 - 2 * kept);
    }

    private static double boosting(Map<String, Object> model, double kept) {
        Map<String, Object> sample = object(model, "sample");
        double speed = Math.log(number(model, "rate")) + Math.log(number(model, "trees") / 100);
        return 0.02 * square(speed + 2)
                + 0.004 * square(number(model, "depth") - 3 - 6 * kept)
                + (sample == null ? 0.02 : 0.2 * square(number(sample, "rows") - 0.75));
    }

    /** A valley of the rate with batch size and momentum, and parameters of each optimiser's own. */
    static double optimiser(Map<String, Object> c) {
        Map<String, Object> own = object(c, "optimiser");
        double rate = Math.log(number(c, "rate")) - 0.5 * Math.log(number(c, "batch") / 128);
        double width = Math.log(number(c, "width"));
        double loss = 0.3
                + 0.05 * square(width - 5.2)
                + 0.4 * square(number(c, "dropout") - 0.12 * (width - 2.5))
                + 0.6 * square(number(c, "smoothing") - 0.08)
                + schedule(object(c, "schedule"), rate);
        if (own.containsKey("momentum")) {
            return loss
                    + 0.02 * square(rate - Math.log(1 - number(own, "momentum")))
                    + 0.1 * square(number(own, "momentum") - 0.85)
                    + (Boolean.TRUE.equals(own.get("nesterov")) ? 0 : 0.01);
        }
        if (own.containsKey("beta")) {
            return loss
                    + 0.03
                    + 0.02 * square(rate + 6)
                    + 2 * square(number(own, "beta") - 0.92)
                    + (Boolean.TRUE.equals(own.get("decoupled")) ? 0 : 0.03);
        }
        return loss + 0.06 + 0.03 * square(rate + 5) + 0.3 * square(number(own, "decay") - 0.9);
    }

    private static double schedule(Map<String, Object> schedule, double rate) {
        if (schedule == null) {
            return 0.05;
        }
        return schedule.containsKey("warmup")
                ? 0.5 * square(number(schedule, "warmup") - 0.1 - 0.02 * (rate + 6))
                : 0.02 + 0.005 * square(number(schedule, "steps") - 3);
    }

    /** What is climbed must be the target; the tilt wants to be half of the first rung. */
    static double ladder(Map<String, Object> c) {
        Map<String, Object> rung = object(c, "rung");
        double first = number(rung, "a");
        double climbed = first;
        Map<String, Object> next = object(rung, "next");
        while (next != null) {
            climbed += number(next, next.containsKey("b") ? "b" : "c");
            next = object(next, "next");
        }
        return square(climbed - number(c, "target"))
                + 0.3 * square(number(c, "tilt") - 0.5 * first)
                + 0.1 * square(number(c, "target") - 2.3);
    }

    /** A sum over the pairs of settings, each pair with a table of its own. */
    static double cells(Map<String, Object> c) {
        int[] options = new int[7];
        for (int i = 0; i < options.length; i++) {
            options[i] = CELL.indexOf((String) c.get("e" + (i + 1)));
        }
        return cells(options);
    }

    private static double cells(int[] options) {
        double sum = 0;
        int pair = 0;
        for (int i = 0; i < options.length; i++) {
            for (int j = i; j < options.length; j++) {
                sum += CELL_PAIRS[pair++][options[i]][options[j]];
            }
        }
        return sum;
    }

    /** The least value of {@link #cells}, by looking at all. */
    static double cellsMinimum() {
        double least = Double.POSITIVE_INFINITY;
        int[] options = new int[7];
        for (int place = 0; place < 1024 * 9; place++) {
            int left = place;
            for (int i = 0; i < options.length; i++) {
                int count = i < 5 ? 4 : 3;
                options[i] = left % count;
                left /= count;
            }
            least = Math.min(least, cells(options));
        }
        return least;
    }

    /** Own effects are three times as large as those of pairs; a tenth of the pairs do not go together at all. */
    private static double[][][] cellPairs() {
        SplittableRandom random = new SplittableRandom(2_718_281);
        double[][][] tables = new double[28][4][4];
        int pair = 0;
        for (int i = 0; i < 7; i++) {
            for (int j = i; j < 7; j++) {
                for (double[] row : tables[pair++]) {
                    for (int k = 0; k < row.length; k++) {
                        row[k] = i == j ? 3 * random.nextDouble() : random.nextDouble();
                        row[k] += random.nextInt(10) == 0 ? 2 : 0;
                    }
                }
            }
        }
        return tables;
    }

    /** Ordered settings: a valley of rate and batch, a wide optimum of the width, a corner that diverges. */
    static double grid(Map<String, Object> c) {
        double rate = number(c, "rate");
        double depth = number(c, "depth");
        boolean tanh = "tanh".equals(c.get("activation"));
        double valley = rate - 2 - 0.6 * number(c, "batch") + 0.5 * depth;
        double loss = 0.01 * square(valley)
                + 0.004 * square(number(c, "width") - 7 + depth)
                + 0.006 * square(number(c, "dropout") - 0.3 * number(c, "width"))
                + 0.002 * square(number(c, "decay") - 4)
                + 0.01 * square(depth - (tanh ? 1 : 2))
                + (tanh ? 0.02 : 0)
                + Map.of("cosine", 0.0, "step", 0.01, "const", 0.04).get((String) c.get("schedule"));
        return valley > 3 ? loss + 1 : loss;
    }

    /** Diverges (NaN) where rate / (1 - momentum) is too large for the batch, unless gradients are clipped. */
    static double cliff(Map<String, Object> c) {
        Map<String, Object> clip = object(c, "clip");
        double reach = Math.log(number(c, "rate"))
                - Math.log(1 - number(c, "momentum"))
                - 0.5 * Math.log(number(c, "batch") / 64);
        double edge = clip == null ? -1 : 0.5 - 0.3 * Math.log(number(clip, "norm"));
        double loss = 0.02 * square(reach - edge + 0.3) + 0.05 * square(number(c, "momentum") - 0.9);
        return reach > edge ? Double.NaN : loss + (clip == null ? 0.02 : 0.01 * square(Math.log(number(clip, "norm"))));
    }

    /** Five of sixteen parameters matter, two pairs of them together. */
    static double sparse(Map<String, Object> c) {
        double u = number(c, "u3");
        double l = Math.log(number(c, "l2"));
        double option =
                Map.of("a", 0.1, "b", 0.0, "c", 0.15, "d", 0.05, "e", 0.2).get((String) c.get("c2"));
        return square(u - 0.3)
                + 0.02 * square(l + 6 - 4 * u)
                + option
                + 0.001 * square(number(c, "q1") - ("b".equals(c.get("c2")) ? 16 : 5))
                + 0.02 * square(number(c, "n1") - 0.8);
    }

    /** Levy's function in five dimensions. */
    static double levy5(Map<String, Object> c) {
        double[] w = new double[5];
        for (int i = 0; i < w.length; i++) {
            w[i] = 1 + (number(c, "x" + (i + 1)) - 1) / 4;
        }
        double sum = square(Math.sin(Math.PI * w[0])) + square(w[4] - 1) * (1 + square(Math.sin(2 * Math.PI * w[4])));
        for (int i = 0; i < 4; i++) {
            sum += square(w[i] - 1) * (1 + 10 * square(Math.sin(Math.PI * w[i] + 1)));
        }
        return sum;
    }

    /** log(1 + a quadratic form) with condition 100 along axes turned by a fixed chain of plane rotations. */
    static double rotated5(Map<String, Object> c) {
        double[] x = new double[5];
        double[] optimum = {1.2, -0.7, 2.1, 0.4, -1.9};
        for (int i = 0; i < x.length; i++) {
            x[i] = number(c, "x" + (i + 1)) - optimum[i];
        }
        for (int i = 0; i < 4; i++) {
            double angle = 0.5 + 0.3 * i;
            double turned = Math.cos(angle) * x[i] - Math.sin(angle) * x[i + 1];
            x[i + 1] = Math.sin(angle) * x[i] + Math.cos(angle) * x[i + 1];
            x[i] = turned;
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.pow(100, i / 4.0) * square(x[i]);
        }
        return Math.log1p(sum);
    }

    /** The function of Styblinski and Tang in four dimensions: sixteen local minima. */
    static double styblinski4(Map<String, Object> c) {
        double sum = 0;
        for (int i = 1; i <= 4; i++) {
            double x = number(c, "x" + i);
            sum += 0.5 * (square(square(x)) - 16 * square(x) + 5 * x);
        }
        return sum;
    }

    /** The six-hump camel-back function: two equal minima. */
    static double camel(Map<String, Object> c) {
        double x = number(c, "x1");
        double y = number(c, "x2");
        return (4 - 2.1 * square(x) + square(square(x)) / 3) * square(x) + x * y + (4 * square(y) - 4) * square(y);
    }
}

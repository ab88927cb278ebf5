package io.trialstream.tpe;

import java.util.List;

/**
 * The settings of {@code tree-tpe}.
 *
 * @param startupTrials finished trials before there is a model; default max(10, 5 % of the budget)
 * @param candidates draws from the good density, of which the best new one is taken
 * @param gamma the best ceil(gamma N) completed or pruned trials make up the good part
 * @param gammaCap at most so many
 * @param goodWeights how much each good trial counts
 * @param linearForgetting how many of the newest bad trials count in full
 * @param priorWeight weight of the prior beside the observations (of their mean weight in the good part)
 * @param pendingWeight weight of a pending trial among the bad
 * @param infeasibleWeight weight of an infeasible trial among the bad
 * @param crossover among the good, the probability that a parameter is drawn from the kernels of all rather than from
 *     the one that the others are drawn from
 * @param drawnBranch whether candidates compete only with those that have the same active parameters as the first
 * @param spreadBandwidth whether kernels are as wide as the spread of the observations suggests, or as the larger
 *     distance to a neighbour
 * @param bandwidthScale factor of the width that the spread suggests
 * @param minBandwidth least width of a kernel in parts of the range, once there are many observations
 * @param bandwidthExponent a: among n observations the least width is max(minBandwidth, (n + 2)^-a)
 * @param minCells least width of a kernel of a quantised parameter in cells of its grid
 * @param endpoints whether the ends of the range are neighbours of the outermost observations
 * @param thinAbove so many bad trials are kept at most: the newest 1,000 and a sample of the others
 * @param latinStartup whether start-up trials are Latin hypercubes rather than independent draws
 * @param deduplicate whether what is evaluated or pending is never suggested again
 */
record TreeTpeOptions(
        int startupTrials,
        int candidates,
        double gamma,
        int gammaCap,
        GoodWeights goodWeights,
        int linearForgetting,
        double priorWeight,
        double pendingWeight,
        double infeasibleWeight,
        double crossover,
        boolean drawnBranch,
        boolean spreadBandwidth,
        double bandwidthScale,
        double minBandwidth,
        double bandwidthExponent,
        double minCells,
        boolean endpoints,
        int thinAbove,
        boolean latinStartup,
        boolean deduplicate) {

    static TreeTpeOptions read(Settings settings, int budgetTrials) {
        int startup = Math.min(Math.max(10, (int) Math.ceil(0.05 * budgetTrials)), Settings.MANY);
        return new TreeTpeOptions(
                settings.integer("startupTrials", startup, 0, Settings.MANY),
                settings.integer("candidates", 24, 1, Settings.MANY),
                settings.number("gamma", 0.15, 1e-6, 1),
                settings.integer("gammaCap", 25, 1, Settings.MANY),
                GoodWeights.named(settings.word("goodWeights", "rank", GoodWeights.NAMES)),
                settings.integer("linearForgetting", Integer.MAX_VALUE, 1, Settings.MOST_TRIALS),
                settings.number("priorWeight", 1, 1e-9, 1e9),
                settings.number("pendingWeight", 0.3, 0, 1e9),
                settings.number("infeasibleWeight", 1, 0, 1e9),
                settings.number("crossover", 0.2, 0, 1),
                settings.word("branch", "drawn", List.of("drawn", "best")).equals("drawn"),
                settings.word("bandwidth", "spread", List.of("spread", "neighbours"))
                        .equals("spread"),
                settings.number("bandwidthScale", 0.8, 1e-9, 1e9),
                settings.number("minBandwidth", 0.01, 1e-9, 1),
                settings.number("bandwidthExponent", 1, 0, 10),
                settings.number("minCells", 0.5, 0, 1e6),
                settings.flag("endpoints", false),
                settings.integer("thinAbove", 5000, 1001, Settings.MANY),
                settings.word("startup", "latin", List.of("latin", "random")).equals("latin"),
                settings.flag("deduplicate", true));
    }

    /** How many of N rankable trials are the good part. */
    int below(int n) {
        return (int) Math.min(Math.ceil(gamma * n), gammaCap);
    }

    /** The least width of a kernel among n observations on an axis. */
    double leastWidth(int n, Axis axis) {
        double part = Math.max(minBandwidth, StrictMath.pow(n + 2, -bandwidthExponent));
        return Math.min(axis.range(), Math.max(part * axis.range(), minCells * axis.cell()));
    }
}

package io.trialstream.importance;

import io.trialstream.space.Parameter;
import io.trialstream.space.SearchSpace;
import io.trialstream.tpe.Observation;
import io.trialstream.tpe.ParameterDensity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * PED-ANOVA (Watanabe, Bansal and Hutter, IJCAI 2023): a parameter is important if its values in the best trials are
 * distributed unlike those in all. With p the density in the best trials and q that in all, the measure is Pearson's
 * divergence, sum over x of q(x) (p(x) / q(x) - 1)^2, on the estimators of the samplers.
 *
 * <p>A conditional parameter is judged among the trials in which it was active, and its divergence counts by their part
 * of all trials: what is decided by its choice is the choice's own importance. Infeasible trials count as the worst;
 * pruned ones, whose losses do not compare, are left out.
 */
public final class PedAnova {
    /** The part of the trials that are the best, if nothing else is asked for. */
    public static final double QUANTILE = 0.1;

    private static final int FEWEST_BEST = 2;

    private PedAnova() {}

    /**
     * The importance of every parameter of a space, the most important first.
     *
     * @param quantile the part of the trials that are the best, between 0 and 1
     */
    public static List<ParameterImportance> evaluate(
            SearchSpace space, List<Observation> observations, double quantile) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("quantile must be between 0 and 1: " + quantile);
        }
        List<Observation> ranked = observations.stream()
                .filter(seen -> seen.kind() != Observation.Kind.PRUNED)
                .sorted(Comparator.comparing(Observation::kind).thenComparingDouble(Observation::loss))
                .toList();
        List<ParameterImportance> importances = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            double[] values = ranked.stream()
                    .mapToDouble(seen -> seen.configuration().number(parameter.index()))
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            double part = values.length / (double) Math.max(1, ranked.size());
            double divergence = part * divergence(parameter, values, quantile);
            importances.add(new ParameterImportance(parameter.label(), 0, divergence, values.length));
        }
        return shares(importances);
    }

    private static List<ParameterImportance> shares(List<ParameterImportance> importances) {
        double sum = importances.stream()
                .mapToDouble(ParameterImportance::divergence)
                .sum();
        return importances.stream()
                .map(i -> new ParameterImportance(
                        i.label(), sum > 0 ? i.divergence() / sum : 0, i.divergence(), i.trials()))
                .sorted(Comparator.comparingDouble(ParameterImportance::share).reversed())
                .toList();
    }

    /** Takes the values of a parameter by rank, the best trial's first. */
    private static double divergence(Parameter parameter, double[] values, double quantile) {
        int best = Math.max(FEWEST_BEST, (int) Math.ceil(quantile * values.length));
        if (best >= values.length) {
            return 0;
        }
        double[] points = ParameterDensity.points(parameter);
        if (points.length < 2) {
            return 0;
        }
        double[] p = ParameterDensity.of(parameter, Arrays.copyOf(values, best)).shares(points);
        double[] q = ParameterDensity.of(parameter, values).shares(points);
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            // An option of probability 0 has no share in either.
            if (q[i] > 0) {
                sum += q[i] * (p[i] / q[i] - 1) * (p[i] / q[i] - 1);
            }
        }
        return sum;
    }
}

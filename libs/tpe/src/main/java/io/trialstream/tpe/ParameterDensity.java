package io.trialstream.tpe;

import io.trialstream.space.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The estimated density of one parameter, from values it had; the prior counts as a tenth of them, one at least.
 * Kernels have one width (a fifth of the range, shrinking with the fifth root of the number of values), so that
 * densities of different numbers of values compare well. Immutable.
 */
public final class ParameterDensity {
    /** At most so many points stand for a parameter. */
    private static final int POINTS = 64;
    /** How far an unbounded axis is looked at, in deviations of the prior. */
    private static final double REACH = 4;

    private static final double PRIOR_SHARE = 0.1;

    private final ProductMixture mixture;

    private ParameterDensity(ProductMixture mixture) {
        this.mixture = mixture;
    }

    /** The density of values of a parameter; the prior's own if there are none. */
    public static ParameterDensity of(Parameter parameter, double[] values) {
        double priorWeight = Math.max(1, PRIOR_SHARE * values.length);
        ParzenSettings settings =
                new ParzenSettings(priorWeight, Integer.MAX_VALUE, Bandwidth.SHRINKING, false, true, true);
        return new ParameterDensity(settings.fit(List.of(parameter), List.of(values.clone())));
    }

    /**
     * Points that stand for a parameter's values: all of them if they are few, else 64 that are evenly spread over the
     * axis (the logarithm for the log families).
     */
    public static double[] points(Parameter parameter) {
        return parameter
                .distribution()
                .cardinality()
                .filter(count -> count.longValue() <= POINTS)
                .map(count -> LongStream.range(0, count.longValue()).mapToDouble(parameter.distribution()::valueAt))
                .orElseGet(() -> spread(Axis.of(parameter.distribution())))
                .distinct()
                .toArray();
    }

    private static DoubleStream spread(Axis axis) {
        double low = Double.isInfinite(axis.low()) ? axis.centre() - REACH * axis.range() : axis.low();
        double high = Double.isInfinite(axis.high()) ? axis.centre() + REACH * axis.range() : axis.high();
        return IntStream.range(0, POINTS).mapToDouble(i -> axis.toValue(low + (high - low) * (i + 0.5) / POINTS));
    }

    /** The density at each point, scaled so that they sum to 1. */
    public double[] shares(double[] points) {
        double[] shares = Arrays.stream(points)
                .map(x -> StrictMath.exp(mixture.logDensity(new double[] {x})))
                .toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }
}

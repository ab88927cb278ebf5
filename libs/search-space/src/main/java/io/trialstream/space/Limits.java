package io.trialstream.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which numbers a distribution may have, so that it can be sampled, evaluated and modelled without overflow, and no part
 * of its range is out of the reach of doubles.
 */
final class Limits {
    /** Bounds, means, deviations and steps are at most so large. */
    static final double LARGEST = 1e100;
    /** Widths, deviations and steps are at least so large. */
    static final double SMALLEST = 1e-100;
    /** Logarithms whose exponentials are finite and of full precision. */
    static final double LOWEST_LOGARITHM = -708;

    static final double HIGHEST_LOGARITHM = 709;
    /** No draw from a normal distribution is so many deviations off its mean: 53 random bits go no farther than 8.3. */
    static final double FARTHEST_DEVIATION = 8.3;
    /** Beyond so many multiples of a step neighbours are the same double. */
    static final double MOST_MULTIPLES = 0x1p53;

    private static final String CODE = "OUT_OF_RANGE";

    private final Parameter parameter;
    private final List<Problem> problems = new ArrayList<>();

    private Limits(Parameter parameter) {
        this.parameter = parameter;
    }

    /** What is out of range in a parameter's distribution. */
    static List<Problem> problems(Parameter parameter) {
        Limits limits = new Limits(parameter);
        if (parameter.distribution() instanceof Continuous continuous) {
            limits.check(continuous);
        } else if (parameter.distribution() instanceof Quantized quantized) {
            limits.check(quantized);
        } else if (parameter.distribution() instanceof FixedNumber fixed
                && fixed.integral()
                && Math.abs(fixed.number()) > MOST_MULTIPLES) {
            limits.refuse("[0]", "integers are at most 2^53 in magnitude, not " + fixed.number());
        }
        return limits.problems;
    }

    private void check(Continuous base) {
        if (base.family().logarithmic() && base.family().bounded()) {
            logarithm("[0]", base.first());
            logarithm("[1]", base.second());
        } else {
            magnitude("[0]", base.first());
            magnitude("[1]", base.second());
        }
        if (base.scale() < SMALLEST) {
            refuse(
                    base.family().bounded() ? "" : "[1]",
                    (base.family().bounded() ? "the bounds are apart" : "sigma is") + " by at least " + SMALLEST
                            + ", not " + base.scale());
        }
        if (base.family() == Family.LOGNORMAL) {
            double reach = FARTHEST_DEVIATION * base.second();
            if (base.first() - reach < LOWEST_LOGARITHM || base.first() + reach > HIGHEST_LOGARITHM) {
                refuse(
                        "",
                        "its values reach from exp(" + (base.first() - reach) + ") to exp(" + (base.first() + reach)
                                + "), and are to stay between exp(" + LOWEST_LOGARITHM + ") and exp("
                                + HIGHEST_LOGARITHM + "): mu and sigma are of the logarithm");
            }
        }
    }

    private void check(Quantized quantized) {
        Continuous base = quantized.base();
        check(base);
        double step = quantized.grid().step();
        if (!(step >= SMALLEST && step <= LARGEST)) {
            refuse("[2]", "q is between " + SMALLEST + " and " + LARGEST + ", not " + step);
        }
        IntStream.rangeClosed(0, base.family().bounded() ? 1 : 0).forEach(i -> {
            double value = base.family().fromLatent(i == 0 ? base.first() : base.second());
            if (problems.isEmpty() && !(Math.abs(value / step) <= MOST_MULTIPLES)) {
                refuse(
                        "[" + i + "]",
                        quantized.integral()
                                ? "integers are at most 2^53 in magnitude, not " + value
                                : value + " is more than 2^53 multiples of " + step + " away from 0");
            }
        });
    }

    private void logarithm(String place, double number) {
        if (!(number >= LOWEST_LOGARITHM && number <= HIGHEST_LOGARITHM)) {
            refuse(
                    place,
                    parameter.distribution().keyword() + " takes the bounds of the logarithm, between "
                            + LOWEST_LOGARITHM + " and " + HIGHEST_LOGARITHM + ", not " + number);
        }
    }

    private void magnitude(String place, double number) {
        if (!(Math.abs(number) <= LARGEST)) {
            refuse(place, "a number is at most " + LARGEST + " in magnitude, not " + number);
        }
    }

    private void refuse(String place, String message) {
        problems.add(
                new Problem(parameter.path() + "." + parameter.distribution().keyword() + place, CODE, message));
    }
}

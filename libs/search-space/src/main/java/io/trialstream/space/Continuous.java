package io.trialstream.space;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * uniform(low, high), loguniform(low, high), normal(mean, deviation) or lognormal(mean, deviation); the log families
 * take the bounds or moments of the logarithm.
 *
 * @param first low or mean
 * @param second high or standard deviation
 */
public record Continuous(Family family, double first, double second) implements Distribution {
    /** How far a value may lie outside its bounds, in parts of the range, and still count as the bound. */
    private static final double SLACK = 1e-12;

    private static final double RESOLUTION = 1e-15;

    public Continuous {
        Objects.requireNonNull(family, "family");
        if (family.bounded() && !(first < second)) {
            throw new IllegalArgumentException("low must be below high: " + first + ", " + second);
        }
        if (!family.bounded() && !(second > 0)) {
            throw new IllegalArgumentException("deviation must be positive: " + second);
        }
    }

    @Override
    public String keyword() {
        return family.name().toLowerCase(Locale.ROOT);
    }

    /** Lower bound in the latent scale, or minus infinity. */
    public double low() {
        return family.bounded() ? first : Double.NEGATIVE_INFINITY;
    }

    /** Upper bound in the latent scale, or infinity. */
    public double high() {
        return family.bounded() ? second : Double.POSITIVE_INFINITY;
    }

    /** The middle of the bounds, or the mean; latent scale. */
    public double centre() {
        return family.bounded() ? 0.5 * (first + second) : first;
    }

    /** The distance of the bounds, or the deviation; latent scale. */
    public double scale() {
        return family.bounded() ? second - first : second;
    }

    @Override
    public double sample(RandomGenerator random) {
        return nearest(family.fromLatent(sampleLatent(random)));
    }

    /** The bounds of the values, which are finite, and above 0 for the log families. */
    private double lowest() {
        return family.bounded()
                ? family.fromLatent(first)
                : family.logarithmic() ? Double.MIN_NORMAL : -Double.MAX_VALUE;
    }

    private double highest() {
        return family.bounded() ? family.fromLatent(second) : Double.MAX_VALUE;
    }

    @Override
    public double nearest(double number) {
        return canonical(Math.min(Math.max(number, lowest()), highest()));
    }

    double sampleLatent(RandomGenerator random) {
        return family.bounded()
                ? first + (second - first) * Uniforms.closedOpen(random)
                : first + second * StandardNormal.quantile(Uniforms.open(random));
    }

    /** log of the probability of the latent interval. */
    double logLatentMass(double from, double to) {
        if (!family.bounded()) {
            return StandardNormal.logMass((from - first) / second, (to - first) / second);
        }
        double overlap = Math.min(to, second) - Math.max(from, first);
        return overlap > 0 ? StrictMath.log(overlap / (second - first)) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double logDensity(double value) {
        if (!accepts(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        double latent = family.toLatent(value);
        double density = family.bounded()
                ? -StrictMath.log(second - first)
                : StandardNormal.logDensity((latent - first) / second) - StrictMath.log(second);
        return family.logarithmic() ? density - latent : density;
    }

    @Override
    public boolean accepts(double value) {
        if (!Double.isFinite(value) || family.logarithmic() && !(value > 0)) {
            return false;
        }
        double latent = family.toLatent(value);
        double slack = family.bounded() ? SLACK * Math.max(scale(), Math.max(Math.abs(first), Math.abs(second))) : 0;
        if (family.logarithmic()) {
            // A logarithm is known no better than the value that it is taken of.
            slack = Math.max(slack, RESOLUTION);
        }
        return latent >= low() - slack && latent <= high() + slack;
    }

    @Override
    public double canonical(double value) {
        return value == 0 ? 0.0 : value;
    }

    @Override
    public Optional<BigInteger> cardinality() {
        return Optional.empty();
    }

    @Override
    public double valueAt(long place) {
        throw new UnsupportedOperationException("a continuous distribution has no list of values");
    }

    @Override
    public Number present(double value) {
        return value;
    }

    @Override
    public String describe() {
        return switch (family) {
            case UNIFORM -> "between " + first + " and " + second;
            case LOGUNIFORM -> "between exp(" + first + ") and exp(" + second + ")";
            case NORMAL -> "a finite number";
            case LOGNORMAL -> "a finite number above 0";
        };
    }
}

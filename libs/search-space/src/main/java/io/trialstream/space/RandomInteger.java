package io.trialstream.space;

import java.math.BigInteger;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * randint: an integer from low (inclusive) to high (exclusive), all equally likely. As in Hyperopt, neighbours are not
 * taken to be alike (a random seed, say); for a quantity use uniformint.
 */
public record RandomInteger(long low, long high) implements Distribution {
    public RandomInteger {
        if (low >= high) {
            throw new IllegalArgumentException("low must be below high: " + low + ", " + high);
        }
    }

    @Override
    public String keyword() {
        return "randint";
    }

    /** How many integers. */
    public long count() {
        return high - low;
    }

    @Override
    public double sample(RandomGenerator random) {
        return low + (long) (Uniforms.closedOpen(random) * count());
    }

    @Override
    public double logDensity(double value) {
        return accepts(value) ? -StrictMath.log(count()) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public boolean accepts(double value) {
        return value == Math.rint(value) && value >= low && value < high;
    }

    @Override
    public double canonical(double value) {
        return Math.max(low, Math.min(high - 1, Math.rint(value))) + 0.0;
    }

    @Override
    public Optional<BigInteger> cardinality() {
        return Optional.of(BigInteger.valueOf(count()));
    }

    @Override
    public double valueAt(long place) {
        return low + place;
    }

    @Override
    public Number present(double value) {
        return (long) value;
    }

    @Override
    public String describe() {
        return "an integer from " + low + " to " + (high - 1);
    }
}

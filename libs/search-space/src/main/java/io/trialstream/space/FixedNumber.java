package io.trialstream.space;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A bounded distribution whose bounds are equal, as a space has it after a user has narrowed it down: always the same
 * number. Nothing is drawn for it and samplers do not model it.
 *
 * @param keyword as the space names it: {@code uniform}, {@code qloguniform}
 * @param number the only value
 * @param integral whether values are integers
 */
public record FixedNumber(String keyword, double number, boolean integral) implements Distribution {
    public FixedNumber {
        Objects.requireNonNull(keyword, "keyword");
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("number must be finite: " + number);
        }
        number += 0.0;
    }

    @Override
    public double sample(RandomGenerator random) {
        return number;
    }

    @Override
    public double logDensity(double value) {
        return accepts(value) ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public boolean accepts(double value) {
        return Math.abs(value - number) <= 1e-9 * Math.abs(number);
    }

    @Override
    public double canonical(double value) {
        return number;
    }

    @Override
    public Optional<BigInteger> cardinality() {
        return Optional.of(BigInteger.ONE);
    }

    @Override
    public double valueAt(long place) {
        return number;
    }

    @Override
    public Number present(double value) {
        return integral ? (Number) (long) number : (Number) number;
    }

    @Override
    public String describe() {
        return "exactly " + number;
    }
}

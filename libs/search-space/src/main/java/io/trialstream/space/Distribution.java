package io.trialstream.space;

import java.math.BigInteger;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The prior of one parameter, with Hyperopt's meaning. A drawn number is a double throughout; for a choice it is the
 * index of the option.
 */
public sealed interface Distribution permits Continuous, Quantized, RandomInteger, Categorical, FixedNumber {
    /** The name it has in a space: {@code loguniform}, {@code choice}. */
    String keyword();

    /** Draws from the prior, using the generator's {@code nextLong} only. */
    double sample(RandomGenerator random);

    /** log of the density (continuous) or the mass (discrete) of a value; minus infinity outside the support. */
    double logDensity(double value);

    /** Whether the value can be drawn. */
    boolean accepts(double value);

    /** The one double that stands for a value: of a discrete distribution, the point of its grid nearest to it. */
    double canonical(double value);

    /** The value nearest to a number, which need not be one of them and may be infinite: draws are kept inside so. */
    default double nearest(double number) {
        return canonical(number);
    }

    /** How many values there are; empty if there is no end to them. */
    Optional<BigInteger> cardinality();

    /** The value at a place, 0 to cardinality - 1, of a distribution with a finite number of values. */
    double valueAt(long place);

    /** The canonical number as a configuration shows it: a {@code Long} where values are integers, else a Double. */
    Number present(double value);

    /** The support in words, for messages. */
    String describe();
}

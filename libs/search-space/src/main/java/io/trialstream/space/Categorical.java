package io.trialstream.space;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * choice and pchoice: the index of one of K options.
 *
 * @param probabilities one for each option, summing to 1
 * @param weighted whether the space gave them (pchoice)
 */
public record Categorical(List<Double> probabilities, boolean weighted) implements Distribution {
    public Categorical {
        probabilities = List.copyOf(probabilities);
        double sum = probabilities.stream().mapToDouble(Double::doubleValue).sum();
        if (probabilities.stream().anyMatch(p -> !(p >= 0)) || !(Math.abs(sum - 1) <= 1e-6)) {
            throw new IllegalArgumentException("probabilities must be non-negative and sum to 1: " + probabilities);
        }
    }

    static Categorical uniform(int options) {
        return new Categorical(Collections.nCopies(options, 1.0 / options), false);
    }

    @Override
    public String keyword() {
        return weighted ? "pchoice" : "choice";
    }

    /** The number of options. */
    public int count() {
        return probabilities.size();
    }

    @Override
    public double sample(RandomGenerator random) {
        double left = Uniforms.closedOpen(random);
        int last = 0;
        for (int option = 0; option < count(); option++) {
            if (probabilities.get(option) > 0) {
                last = option;
                left -= probabilities.get(option);
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    @Override
    public double logDensity(double value) {
        return accepts(value) ? StrictMath.log(probabilities.get((int) value)) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public boolean accepts(double value) {
        return value == Math.rint(value) && value >= 0 && value < count() && probabilities.get((int) value) > 0;
    }

    @Override
    public double canonical(double value) {
        return value + 0.0;
    }

    @Override
    public Optional<BigInteger> cardinality() {
        return Optional.of(
                BigInteger.valueOf(probabilities.stream().filter(p -> p > 0).count()));
    }

    @Override
    public double valueAt(long place) {
        long left = place;
        for (int option = 0; option < count(); option++) {
            if (probabilities.get(option) > 0 && left-- == 0) {
                return option;
            }
        }
        throw new IndexOutOfBoundsException("place " + place + " of " + cardinality());
    }

    @Override
    public Number present(double value) {
        return (long) value;
    }

    @Override
    public String describe() {
        return "the index of one of " + count() + " options";
    }
}

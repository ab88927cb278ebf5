package io.trialstream.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Goes through a finite space like an odometer: each configuration is a list of places, one for each parameter that was
 * asked for on the way; the last one that can go on does, and those after it start anew. A random offset for each
 * parameter makes the start a random one. Used once, on one thread.
 */
final class Enumeration {
    /** Draws where there is no end to the values: repeats are then a matter of few heavy points. */
    private static final int ENDLESS_DRAWS = 10_000;

    private final SearchSpace space;
    private final RandomGenerator random;
    private final long[] counts;
    private final long[] offsets;
    private final List<Long> places = new ArrayList<>();
    private final List<Long> limits = new ArrayList<>();
    private int depth;

    Enumeration(SearchSpace space, RandomGenerator random) {
        this.space = space;
        this.random = random;
        List<Parameter> parameters = space.parameters();
        counts = new long[parameters.size()];
        offsets = new long[parameters.size()];
        for (Parameter p : parameters) {
            counts[p.index()] = p.distribution()
                    .cardinality()
                    .map(BigInteger::longValueExact)
                    .orElse(0L);
            offsets[p.index()] = (long) (Uniforms.closedOpen(random) * counts[p.index()]);
        }
    }

    Optional<Configuration> firstWhere(Predicate<Configuration> test) {
        if (space.cardinality().isEmpty()) {
            return firstDrawnWhere(test);
        }
        do {
            Interruption.check();
            depth = 0;
            Configuration configuration = space.draw(this::next);
            if (test.test(configuration)) {
                return Optional.of(configuration);
            }
        } while (advance());
        return Optional.empty();
    }

    private Optional<Configuration> firstDrawnWhere(Predicate<Configuration> test) {
        for (int i = 0; i < ENDLESS_DRAWS; i++) {
            Interruption.check();
            Configuration configuration = space.sample(random);
            if (test.test(configuration)) {
                return Optional.of(configuration);
            }
        }
        return Optional.empty();
    }

    private double next(Parameter parameter) {
        long count = counts[parameter.index()];
        if (depth == places.size()) {
            places.add(0L);
            limits.add(count);
        }
        long place = places.get(depth++);
        return parameter.distribution().valueAt((place + offsets[parameter.index()]) % count);
    }

    private boolean advance() {
        while (!places.isEmpty()) {
            int last = places.size() - 1;
            if (places.get(last) + 1 < limits.get(last)) {
                places.set(last, places.get(last) + 1);
                return true;
            }
            places.remove(last);
            limits.remove(last);
        }
        return false;
    }
}

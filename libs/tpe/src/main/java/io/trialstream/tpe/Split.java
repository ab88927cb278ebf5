package io.trialstream.tpe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The history in two: the best trials and the rest, each by age.
 *
 * @param below the better part
 * @param above the rest
 */
record Split(List<Trial> below, List<Trial> above) {
    /** The first count of the ranked trials are below; the others, and those that cannot be ranked, above. */
    static Split of(List<Trial> ranked, int count, List<Trial> unranked) {
        int size = Math.min(count, ranked.size());
        List<Trial> below = new ArrayList<>(ranked.subList(0, size));
        List<Trial> above = new ArrayList<>(ranked.subList(size, ranked.size()));
        above.addAll(unranked);
        below.sort(Comparator.comparingInt(Trial::number));
        above.sort(Comparator.comparingInt(Trial::number));
        return new Split(below, above);
    }

    /** Hyperopt's split: min(ceil(gamma sqrt(N)), cap) trials of the smallest loss; older first among equals. */
    static Split hyperopt(List<Trial> byAge, double gamma, int cap) {
        List<Trial> ranked = new ArrayList<>(byAge);
        ranked.sort(Comparator.comparingDouble(Trial::lossOrInfinity));
        return of(ranked, hyperoptBelow(byAge.size(), gamma, cap), List.of());
    }

    /** How many of N trials Hyperopt takes as the best. */
    static int hyperoptBelow(int n, double gamma, int cap) {
        return (int) Math.min(Math.ceil(gamma * StrictMath.sqrt(n)), cap);
    }
}

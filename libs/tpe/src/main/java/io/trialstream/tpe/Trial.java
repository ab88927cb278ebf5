package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A trial as a sampler sees it.
 *
 * @param outcome empty while it is pending
 */
record Trial(int number, Configuration configuration, Optional<Observation> outcome) {
    /** Finished and pending trials by number: the order of suggestion, which is their age. */
    static List<Trial> byAge(Evidence evidence) {
        List<Trial> trials = new ArrayList<>(evidence.size());
        for (Observation seen : evidence.observations()) {
            trials.add(new Trial(seen.trialNumber(), seen.configuration(), Optional.of(seen)));
        }
        for (Pending pending : evidence.pending()) {
            trials.add(new Trial(pending.trialNumber(), pending.configuration(), Optional.empty()));
        }
        trials.sort(Comparator.comparingInt(Trial::number));
        return trials;
    }

    /** The numbers a parameter had in those trials in which it was active. */
    static double[] column(List<Trial> trials, int parameter) {
        double[] column = new double[trials.size()];
        int n = 0;
        for (Trial trial : trials) {
            if (trial.configuration().isActive(parameter)) {
                column[n++] = trial.configuration().number(parameter);
            }
        }
        return Arrays.copyOf(column, n);
    }

    /** Finished trials that can be ranked: completed ones by loss, then pruned ones, the farthest first, by loss. */
    static List<Trial> bestFirst(List<Trial> byAge) {
        List<Trial> ranked = new ArrayList<>(byAge);
        ranked.sort(Comparator.comparing(Trial::pruned)
                .thenComparing(Comparator.comparingLong(Trial::lastStep).reversed())
                .thenComparingDouble(Trial::lossOrInfinity));
        return ranked;
    }

    private boolean pruned() {
        return outcome.map(seen -> seen.kind() == Observation.Kind.PRUNED).orElse(false);
    }

    private long lastStep() {
        return outcome.map(Observation::lastStep).orElse(-1L);
    }

    /** The loss, infinitely bad where there is none: pending, infeasible, or pruned before its first report. */
    double lossOrInfinity() {
        double loss = outcome.map(Observation::loss).orElse(Double.NaN);
        return Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
    }
}

package io.trialstream.tpe;

import io.trialstream.space.Categorical;
import io.trialstream.space.Configuration;
import io.trialstream.space.FixedNumber;
import io.trialstream.space.Parameter;
import io.trialstream.space.RandomInteger;
import io.trialstream.space.SearchSpace;
import java.util.Arrays;
import java.util.List;

/**
 * The finished observations as columns of doubles, with the orders a sampler needs. Grows at its end only; what is
 * computed from it depends on the observations alone, not on how it grew. One thread at a time.
 */
final class EvidenceTable {
    private final List<Parameter> parameters;
    private final Axis[] axes;
    private final double[][] values;
    private final double[][] latents;
    private final double[][] widths;
    private final double[][] normalisers;
    private final double[][] lowers;
    private final Ordering[] byLatent;
    private final Ordering byAge = new Ordering();
    private final Ordering completed = new Ordering();
    private final Ordering pruned = new Ordering();
    private Observation[] observations = new Observation[16];
    private double[] lots = new double[16];
    private int size;

    EvidenceTable(SearchSpace space) {
        parameters = space.parameters();
        int dimensions = parameters.size();
        axes = new Axis[dimensions];
        values = new double[dimensions][16];
        latents = new double[dimensions][];
        widths = new double[dimensions][];
        normalisers = new double[dimensions][];
        lowers = new double[dimensions][];
        byLatent = new Ordering[dimensions];
        for (Parameter p : parameters) {
            if (isOrdered(p)) {
                int d = p.index();
                axes[d] = Axis.of(p.distribution());
                latents[d] = new double[16];
                widths[d] = new double[16];
                normalisers[d] = new double[16];
                lowers[d] = new double[16];
                byLatent[d] = new Ordering();
            }
        }
    }

    /** Whether neighbouring values are alike. */
    static boolean isOrdered(Parameter parameter) {
        return !(parameter.distribution() instanceof Categorical)
                && !(parameter.distribution() instanceof RandomInteger)
                && !(parameter.distribution() instanceof FixedNumber);
    }

    int size() {
        return size;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** The axis of an ordered parameter. */
    Axis axis(int parameter) {
        return axes[parameter];
    }

    Observation observation(int row) {
        return observations[row];
    }

    /** A number between 0 and 1 that the trial in a row drew by its trial number alone. */
    double lot(int row) {
        return lots[row];
    }

    /** A parameter's values by row, NaN where it was not active. */
    double[] values(int parameter) {
        return values[parameter];
    }

    /** An ordered parameter's places on its axis by row. */
    double[] latents(int parameter) {
        return latents[parameter];
    }

    /** The kernel widths that {@link #normalisers} were computed for; NaN where there is none yet. */
    double[] widths(int parameter) {
        return widths[parameter];
    }

    /** log normalisers of kernels of the remembered widths: a cache of a pure function. */
    double[] normalisers(int parameter) {
        return normalisers[parameter];
    }

    /** log of what those kernels have below the bounds, NaN where it was not needed yet: a cache too. */
    double[] lowers(int parameter) {
        return lowers[parameter];
    }

    /** The rows in which an ordered parameter was active, by its place on the axis. */
    Ordering byLatent(int parameter) {
        return byLatent[parameter];
    }

    /** All rows by trial number. */
    Ordering byAge() {
        return byAge;
    }

    /** Completed trials, the best first. */
    Ordering completed() {
        return completed;
    }

    /** Pruned trials: the farthest first, then the best. */
    Ordering pruned() {
        return pruned;
    }

    void append(Observation observation) {
        if (size == observations.length) {
            grow();
        }
        int row = size++;
        observations[row] = observation;
        lots[row] = CounterRandom.of(0, observation.trialNumber(), "thin").nextDouble();
        byAge.insert(row, (a, b) -> Integer.compare(number(a), number(b)));
        if (observation.kind() == Observation.Kind.COMPLETED) {
            completed.insert(row, this::compareLoss);
        } else if (observation.kind() == Observation.Kind.PRUNED) {
            pruned.insert(row, this::comparePruned);
        }
        for (int d = 0; d < values.length; d++) {
            appendValue(d, row, observation.configuration());
        }
    }

    private void appendValue(int d, int row, Configuration configuration) {
        double value = configuration.number(d);
        values[d][row] = value;
        if (axes[d] != null) {
            double[] latent = latents[d];
            latent[row] = Double.isNaN(value) ? Double.NaN : axes[d].toLatent(value);
            widths[d][row] = Double.NaN;
            if (!Double.isNaN(value)) {
                byLatent[d].insert(row, (a, b) -> {
                    int order = Double.compare(latent[a], latent[b]);
                    return order != 0 ? order : Integer.compare(number(a), number(b));
                });
            }
        }
    }

    private void grow() {
        int capacity = 2 * size;
        observations = Arrays.copyOf(observations, capacity);
        lots = Arrays.copyOf(lots, capacity);
        for (int d = 0; d < values.length; d++) {
            values[d] = Arrays.copyOf(values[d], capacity);
            if (axes[d] != null) {
                latents[d] = Arrays.copyOf(latents[d], capacity);
                widths[d] = Arrays.copyOf(widths[d], capacity);
                normalisers[d] = Arrays.copyOf(normalisers[d], capacity);
                lowers[d] = Arrays.copyOf(lowers[d], capacity);
            }
        }
    }

    private int number(int row) {
        return observations[row].trialNumber();
    }

    private int compareLoss(int a, int b) {
        int order = Double.compare(observations[a].loss(), observations[b].loss());
        return order != 0 ? order : Integer.compare(number(a), number(b));
    }

    /** NaN compares as worst, as no report should. */
    private int comparePruned(int a, int b) {
        int order = Long.compare(observations[b].lastStep(), observations[a].lastStep());
        return order != 0 ? order : compareLoss(a, b);
    }
}

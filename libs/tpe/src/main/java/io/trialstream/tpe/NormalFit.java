package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.StandardNormal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits a truncated normal kernel to each member in which an ordered parameter was active: as wide as the spread of the
 * members suggests or as the larger distance to a neighbouring one, between the least width and the range.
 *
 * <p>Arrays are by member; where the parameter was not active, mus are NaN.
 */
final class NormalFit {
    private final Axis axis;
    private final EvidenceTable table;
    private final int parameter;
    private final int[] rows;
    private final double[] mus;
    private final int[] sorted;
    private final double[] sigmas;
    private final double[] normalisers;

    NormalFit(EvidenceTable table, int parameter, Members members, TreeTpeOptions options) {
        this.table = table;
        this.parameter = parameter;
        axis = table.axis(parameter);
        rows = members.rows();
        mus = new double[members.count()];
        sigmas = new double[mus.length];
        normalisers = new double[mus.length];
        place(members.pending());
        sorted = sorted(members.memberOfRow());
        if (options.spreadBandwidth()) {
            measureSpread(members.weights(), table.parameters().size(), options);
        } else {
            measure(options);
        }
        normalise();
    }

    Axis axis() {
        return axis;
    }

    double[] mus() {
        return mus;
    }

    /** The active members by their place on the axis. */
    int[] sorted() {
        return sorted;
    }

    double[] sigmas() {
        return sigmas;
    }

    /** log of each kernel's mass inside the bounds. */
    double[] normalisers() {
        return normalisers;
    }

    private void place(List<Configuration> pending) {
        double[] latents = table.latents(parameter);
        for (int i = 0; i < rows.length; i++) {
            mus[i] = latents[rows[i]];
        }
        int member = rows.length;
        for (Configuration configuration : pending) {
            double value = configuration.number(parameter);
            mus[member++] = Double.isNaN(value) ? value : axis.toLatent(value);
        }
    }

    /** The active members by their place on the axis: the table's order, merged with the pending ones. */
    private int[] sorted(int[] memberOfRow) {
        Ordering order = table.byLatent(parameter);
        List<Integer> pending = IntStream.range(rows.length, mus.length)
                .filter(i -> !Double.isNaN(mus[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> mus[i]))
                .toList();
        int[] sorted = new int[mus.length];
        int count = 0;
        int next = 0;
        for (int place = 0; place < order.size(); place++) {
            int row = order.get(place);
            int member = memberOfRow[row];
            if (member >= 0) {
                while (next < pending.size() && mus[pending.get(next)] < mus[member]) {
                    sorted[count++] = pending.get(next++);
                }
                sorted[count++] = member;
            }
        }
        while (next < pending.size()) {
            sorted[count++] = pending.get(next++);
        }
        return Arrays.copyOf(sorted, count);
    }

    private void measure(TreeTpeOptions options) {
        int n = sorted.length;
        boolean ends = options.endpoints() || n < 2;
        double least = options.leastWidth(n, axis);
        for (int i = 0; i < n; i++) {
            double mu = mus[sorted[i]];
            double left = i > 0 ? mu - mus[sorted[i - 1]] : ends ? mu - axis.low() : 0;
            double right = i < n - 1 ? mus[sorted[i + 1]] - mu : ends ? axis.high() - mu : 0;
            sigmas[sorted[i]] = Math.min(Math.max(Math.max(left, right), least), axis.range());
        }
    }

    /**
     * One width for all: scale s n^(-1 / (D + 4)), the rule of Scott (1992) for D parameters, with s² the weighted
     * variance of the n members to which the prior's is added as of one more. Rounded to a 1/32 of a factor e, so that
     * widths rarely change from one suggestion to the next and what was computed from them stays valid.
     */
    private void measureSpread(double[] weights, int parameters, TreeTpeOptions options) {
        int n = sorted.length;
        double bounded = axis.low() > Double.NEGATIVE_INFINITY ? 1.0 / 12 : 1;
        double variance = (n * variance(weights) + bounded * axis.range() * axis.range()) / (n + 1);
        double width = options.bandwidthScale()
                * Math.sqrt(variance)
                * StrictMath.pow(Math.max(n, 1), -1.0 / (parameters + 4));
        double rounded = StrictMath.exp(Math.rint(StrictMath.log(width / axis.range()) * 32) / 32) * axis.range();
        double sigma = Math.min(Math.max(rounded, options.leastWidth(n, axis)), axis.range());
        for (int member : sorted) {
            sigmas[member] = sigma;
        }
    }

    private double variance(double[] weights) {
        double total = 0;
        double sum = 0;
        for (int member : sorted) {
            total += weights[member];
            sum += weights[member] * mus[member];
        }
        double squares = 0;
        for (int member : sorted) {
            double difference = mus[member] - sum / total;
            squares += weights[member] * difference * difference;
        }
        return total > 0 ? squares / total : 0;
    }

    private void normalise() {
        double[] knownWidths = table.widths(parameter);
        double[] known = table.normalisers(parameter);
        double[] lowers = table.lowers(parameter);
        for (int i = 0; i < mus.length; i++) {
            if (Double.isNaN(mus[i])) {
                continue;
            }
            if (i >= rows.length) {
                normalisers[i] = logMass(i);
            } else {
                if (knownWidths[rows[i]] != sigmas[i]) {
                    knownWidths[rows[i]] = sigmas[i];
                    known[rows[i]] = logMass(i);
                    lowers[rows[i]] = Double.NaN;
                }
                normalisers[i] = known[rows[i]];
            }
        }
    }

    private double logMass(int i) {
        return StandardNormal.logMass((axis.low() - mus[i]) / sigmas[i], (axis.high() - mus[i]) / sigmas[i]);
    }

    /** Draws a value from the kernel of an active member. */
    double draw(int member, CounterRandom random) {
        double mu = mus[member];
        double sigma = sigmas[member];
        double a = (axis.low() - mu) / sigma;
        double b = (axis.high() - mu) / sigma;
        double u = random.nextOpen();
        double z = a > 0
                ? StandardNormal.truncatedQuantile(u, a, b)
                : StandardNormal.truncatedQuantile(u, a, b, logLower(member, a), normalisers[member]);
        return axis.toValue(Math.min(Math.max(mu + sigma * z, axis.low()), axis.high()));
    }

    /** log Phi(a), remembered beside the width that it belongs to. */
    private double logLower(int member, double a) {
        if (member >= rows.length || table.widths(parameter)[rows[member]] != sigmas[member]) {
            return StandardNormal.logCdf(a);
        }
        double[] lowers = table.lowers(parameter);
        if (Double.isNaN(lowers[rows[member]])) {
            lowers[rows[member]] = StandardNormal.logCdf(a);
        }
        return lowers[rows[member]];
    }
}

package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.Continuous;
import io.trialstream.space.Distribution;
import io.trialstream.space.Parameter;
import io.trialstream.space.Quantized;
import io.trialstream.space.SearchSpace;
import java.util.List;

/**
 * A density over the whole tree of a space. With A_i the parameters active in member i and A(x) those active in x,
 * l(x) = sum_i w_i k_i(x) + w_0 prod_d U_d(x_d), where k_i(x) = prod over d in A(x) of K_{d,i}(x_d) if d is in A_i, else
 * of the prior U_d(x_d). It integrates to 1 over the tree, keeps what holds between a choice and what it gates, and is
 * the plain joint kernel when nothing is conditional.
 *
 * <p>Densities are with respect to the axes (logarithms for the log families). One thread at a time.
 */
final class TreeDensity {
    /** Terms smaller than the largest by this factor (of the exponential) are below the last bit of the sum. */
    private static final double NEGLIGIBLE = -45;

    private final SearchSpace space;
    private final Members members;
    private final TreeKernels[] kernels;
    private final double[] logWeights;
    private final double[] sums;

    TreeDensity(SearchSpace space, EvidenceTable table, Members members, TreeTpeOptions options, CellMasses[] masses) {
        this.space = space;
        this.members = members;
        this.kernels = new TreeKernels[space.parameters().size()];
        for (Parameter p : space.parameters()) {
            kernels[p.index()] = kernels(p, table, members, options, masses[p.index()]);
        }
        this.logWeights = new double[members.count() + 1];
        for (int i = 0; i < logWeights.length; i++) {
            logWeights[i] = StrictMath.log(members.weights()[i]);
        }
        this.sums = new double[logWeights.length];
    }

    private static TreeKernels kernels(Parameter parameter, EvidenceTable table, Members members,
            TreeTpeOptions options, CellMasses masses) {
        Distribution prior = parameter.distribution();
        int d = parameter.index();
        if (!EvidenceTable.isOrdered(parameter)) {
            return new OptionKernels(prior, observed(table.values(d), d, members), options.priorWeight());
        }
        NormalFit fit = new NormalFit(table, d, members, options);
        return prior instanceof Quantized quantized ? new CellKernels(fit, quantized, masses)
            : new PointKernels(fit, (Continuous) prior);
    }

    private static double[] observed(double[] values, int parameter, Members members) {
        double[] observed = new double[members.count()];
        int member = 0;
        for (int row : members.rows()) {
            observed[member++] = values[row];
        }
        for (Configuration pending : members.pending()) {
            observed[member++] = pending.number(parameter);
        }
        return observed;
    }

    /** Draws a configuration: one member for the whole walk. */
    Configuration draw(CounterRandom random) {
        int member = member(random.nextDouble());
        return space.draw(parameter -> member == members.count() ? parameter.distribution().sample(random)
            : kernels[parameter.index()].draw(member, random));
    }

    private int member(double point) {
        double left = point;
        for (int i = 0; i < members.count(); i++) {
            left -= members.weights()[i];
            if (left < 0) {
                return i;
            }
        }
        return members.count();
    }

    /** log of the density of a configuration. */
    double logDensity(Configuration configuration) {
        int prior = members.count();
        System.arraycopy(logWeights, 0, sums, 0, sums.length);
        List<Parameter> parameters = space.parameters();
        for (int d = 0; d < kernels.length; d++) {
            if (configuration.isActive(d)) {
                double value = configuration.number(d);
                kernels[d].add(value, sums);
                sums[prior] += logPrior(parameters.get(d).distribution(), value);
            }
        }
        return logSumExp(sums);
    }

    private static double logPrior(Distribution prior, double value) {
        return prior instanceof Continuous continuous ? PointKernels.logPrior(continuous, value)
            : prior.logDensity(value);
    }

    private static double logSumExp(double[] terms) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            highest = Math.max(highest, term);
        }
        if (highest == Double.NEGATIVE_INFINITY) {
            return highest;
        }
        double sum = 0;
        for (double term : terms) {
            double difference = term - highest;
            if (difference > NEGLIGIBLE) {
                sum += StrictMath.exp(difference);
            }
        }
        return highest + StrictMath.log(sum);
    }
}

package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.Continuous;
import io.trialstream.space.Distribution;
import io.trialstream.space.Parameter;
import io.trialstream.space.Quantized;
import io.trialstream.space.SearchSpace;
import java.util.Arrays;
import java.util.List;

/**
 * A density over the whole tree of a space. With A_i the parameters active in member i and A(x) those active in x,
 * l(x) = sum_i w_i k_i(x) + w_0 prod_d U_d(x_d), where k_i(x) = prod over d in A(x) of K_{d,i}(x_d) if d is in A_i,
 * else of the prior U_d(x_d). It integrates to 1 over the tree, keeps what holds between a choice and what it gates,
 * and is the plain joint kernel when nothing is conditional.
 *
 * <p>With a crossover probability h > 0 each factor K_{d,i} (or U_d) of a member is (1 - h) K_{d,i} + h M_d, where M_d
 * is the marginal mixture of the members in which d is active and of the prior: a candidate takes some of its values
 * from other members. h = 0 is the joint density, h = 1 that of independent parameters.
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
    private final double crossover;
    /**
     * For each parameter the weights of the members in which it is active, and last the prior's; for a crossover
     * only.
     */
    private final double[][] marginalWeights;

    private final double[] column;

    TreeDensity(
            SearchSpace space,
            EvidenceTable table,
            Members members,
            TreeTpeOptions options,
            CellMasses[] masses,
            double crossover) {
        this.crossover = crossover;
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
        this.column = new double[logWeights.length];
        this.marginalWeights = crossover > 0 ? marginalWeights(table, members) : null;
    }

    private static double[][] marginalWeights(EvidenceTable table, Members members) {
        double[][] marginal = new double[table.parameters().size()][];
        for (int d = 0; d < marginal.length; d++) {
            double[] weights = members.weights().clone();
            double[] observed = observed(table.values(d), d, members);
            for (int i = 0; i < observed.length; i++) {
                weights[i] = Double.isNaN(observed[i]) ? 0 : weights[i];
            }
            double sum = Arrays.stream(weights).sum();
            Arrays.setAll(weights, i -> weights[i] / sum);
            marginal[d] = weights;
        }
        return marginal;
    }

    private static TreeKernels kernels(
            Parameter parameter, EvidenceTable table, Members members, TreeTpeOptions options, CellMasses masses) {
        Distribution prior = parameter.distribution();
        int d = parameter.index();
        if (!EvidenceTable.isOrdered(parameter)) {
            return new OptionKernels(prior, observed(table.values(d), d, members), options.priorWeight());
        }
        NormalFit fit = new NormalFit(table, d, members, options);
        return prior instanceof Quantized quantized
                ? new CellKernels(fit, quantized, masses)
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

    /** Draws a configuration: one member for the whole walk, but for crossovers. */
    Configuration draw(CounterRandom random) {
        int member = member(members.weights(), random.nextDouble());
        return space.draw(parameter -> {
            int from = member;
            if (crossover > 0 && member != members.count() && random.nextDouble() < crossover) {
                from = member(marginalWeights[parameter.index()], random.nextDouble());
            }
            return from == members.count()
                    ? parameter.distribution().sample(random)
                    : kernels[parameter.index()].draw(from, random);
        });
    }

    private static int member(double[] weights, double point) {
        double left = point;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** log of the density of a configuration. */
    double logDensity(Configuration configuration) {
        int prior = members.count();
        System.arraycopy(logWeights, 0, sums, 0, sums.length);
        List<Parameter> parameters = space.parameters();
        for (int d = 0; d < kernels.length; d++) {
            if (configuration.isActive(d)) {
                double value = configuration.number(d);
                double logPrior = logPrior(parameters.get(d).distribution(), value);
                if (crossover > 0) {
                    addCrossed(d, value, logPrior);
                } else {
                    kernels[d].add(value, sums);
                }
                sums[prior] += logPrior;
            }
        }
        return logSumExp(sums);
    }

    private void addCrossed(int parameter, double value, double logPrior) {
        int prior = members.count();
        Arrays.fill(column, 0);
        kernels[parameter].add(value, column);
        column[prior] = logPrior;
        double[] weights = marginalWeights[parameter];
        double marginal = 0;
        for (int i = 0; i <= prior; i++) {
            column[i] = StrictMath.exp(column[i]);
            marginal += weights[i] * column[i];
        }
        for (int i = 0; i < prior; i++) {
            sums[i] += StrictMath.log((1 - crossover) * column[i] + crossover * marginal);
        }
    }

    private static double logPrior(Distribution prior, double value) {
        return prior instanceof Continuous continuous
                ? PointKernels.logPrior(continuous, value)
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

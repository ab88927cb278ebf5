package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.Continuous;
import io.trialstream.space.Distribution;
import io.trialstream.space.Parameter;
import io.trialstream.space.Quantized;
import io.trialstream.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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

    /** So many factors, none below the crossover's h, multiply without vanishing. */
    private static final int SAFE_FACTORS = 16;

    private static final double SAFE_PRODUCT = 1e100;

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

    private final EvidenceTable table;
    private final double[] products;
    /** For each parameter what its values have come to, by value; for a crossover and discrete kernels only. */
    private final List<ValueCache<Factors>> known;

    /**
     * What one parameter's value multiplies the density of each member with, and last the prior's, once its marginal
     * has been taken out.
     */
    private record Factors(double logMarginal, double[] ofMembers) {}

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
            boolean same = i > 0 && members.weights()[i] == members.weights()[i - 1];
            logWeights[i] = same ? logWeights[i - 1] : StrictMath.log(members.weights()[i]);
        }
        this.sums = new double[logWeights.length];
        this.products = new double[logWeights.length];
        this.table = table;
        this.known = Stream.generate(
                        () -> new ValueCache<Factors>(kernels.length, factors -> factors.ofMembers().length))
                .limit(crossover > 0 ? kernels.length : 0)
                .toList();
        this.marginalWeights = new double[kernels.length][];
        if (crossover > 0) {
            Arrays.setAll(marginalWeights, this::marginalWeights);
        }
    }

    private double[] marginalWeights(int parameter) {
        double[] weights = members.weights().clone();
        double[] observed = observed(table.values(parameter), parameter, members);
        for (int i = 0; i < observed.length; i++) {
            weights[i] = Double.isNaN(observed[i]) ? 0 : weights[i];
        }
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> weights[i] / sum);
        return weights;
    }

    private static TreeKernels kernels(
            Parameter parameter, EvidenceTable table, Members members, TreeTpeOptions options, CellMasses masses) {
        Distribution prior = parameter.distribution();
        int d = parameter.index();
        if (!EvidenceTable.isOrdered(parameter)) {
            return new OptionKernels(
                    prior,
                    observed(table.values(d), d, members),
                    options.priorWeight(),
                    table.parameters().size());
        }
        NormalFit fit = new NormalFit(table, d, members, options);
        return prior instanceof Quantized quantized
                ? new CellKernels(fit, quantized, masses, table.parameters().size())
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
        return logDensity(Candidate.of(configuration, table));
    }

    /** log of the density of a candidate. */
    double logDensity(Candidate candidate) {
        System.arraycopy(logWeights, 0, sums, 0, sums.length);
        return crossover > 0 ? crossed(candidate) : joint(candidate);
    }

    private double joint(Candidate candidate) {
        int prior = members.count();
        for (int d = 0; d < kernels.length; d++) {
            double value = candidate.configuration().number(d);
            if (!Double.isNaN(value)) {
                double logPrior = candidate.logPriors()[d];
                kernels[d].add(value, candidate.latents()[d], logPrior, sums);
                sums[prior] += logPrior;
            }
        }
        return logSumExp(sums);
    }

    /**
     * With M_d the marginal, each factor is M_d ((1 - h) K_{d,i} / M_d + h), and the prior's M_d U_d / M_d. So the M_d
     * come out of the sum, and what is left can be multiplied for a while before it needs a logarithm.
     */
    private double crossed(Candidate candidate) {
        Arrays.fill(products, 1);
        double common = 0;
        int multiplied = 0;
        for (int d = 0; d < kernels.length; d++) {
            if (candidate.configuration().isActive(d)) {
                Factors factors = factors(d, candidate);
                common += factors.logMarginal();
                double largest = multiply(factors.ofMembers());
                if (++multiplied % SAFE_FACTORS == 0 || largest > SAFE_PRODUCT) {
                    takeLogarithms();
                }
            }
        }
        takeLogarithms();
        return common == Double.NEGATIVE_INFINITY ? common : logSumExp(sums) + common;
    }

    /** Multiplies the products; returns the largest of a member. */
    private double multiply(double[] factors) {
        int prior = members.count();
        double largest = 0;
        for (int i = 0; i < prior; i++) {
            products[i] *= factors[i];
            largest = Math.max(largest, products[i]);
        }
        products[prior] *= factors[prior];
        return largest;
    }

    private void takeLogarithms() {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += StrictMath.log(products[i]);
            products[i] = 1;
        }
    }

    /** Candidates share the values of a discrete parameter, so what those have come to is kept. */
    private Factors factors(int d, Candidate candidate) {
        double value = candidate.configuration().number(d);
        double latent = candidate.latents()[d];
        double logPrior = candidate.logPriors()[d];
        return kernels[d].discrete()
                ? known.get(d).get(value, v -> factors(d, v, latent, logPrior))
                : factors(d, value, latent, logPrior);
    }

    private Factors factors(int d, double value, double latent, double logPrior) {
        double[] factors = new double[members.count() + 1];
        double marginal = densities(d, value, latent, logPrior, marginalWeights[d], factors);
        int prior = members.count();
        for (int i = 0; i < prior; i++) {
            factors[i] = (1 - crossover) * (factors[i] / marginal) + crossover;
        }
        factors[prior] /= marginal;
        return new Factors(StrictMath.log(marginal), factors);
    }

    /** Puts the density under each member's kernel, and the prior, into the column; returns their mean. */
    private double densities(int d, double value, double latent, double logPrior, double[] weights, double[] column) {
        kernels[d].add(value, latent, logPrior, column);
        column[members.count()] = logPrior;
        double mean = 0;
        for (int i = 0; i < column.length; i++) {
            column[i] = Exponential.of(column[i]);
            mean += weights[i] * column[i];
        }
        return mean;
    }

    /** The density of one parameter's value where it is active, whatever the others are. */
    double marginal(int parameter, double value) {
        Distribution prior = space.parameters().get(parameter).distribution();
        double latent = table.axis(parameter) == null
                ? Double.NaN
                : table.axis(parameter).toLatent(value);
        double[] column = new double[members.count() + 1];
        return densities(
                parameter, value, latent, Candidate.logPrior(prior, value), marginalWeights(parameter), column);
    }

    private static double logSumExp(double[] terms) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            if (term > highest) {
                highest = term;
            }
        }
        if (highest == Double.NEGATIVE_INFINITY) {
            return highest;
        }
        double sum = 0;
        for (double term : terms) {
            double difference = term - highest;
            if (difference > NEGLIGIBLE) {
                sum += Exponential.of(difference);
            }
        }
        return highest + StrictMath.log(sum);
    }
}

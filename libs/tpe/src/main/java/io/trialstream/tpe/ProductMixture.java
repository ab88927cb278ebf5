package io.trialstream.tpe;

import java.util.List;

/**
 * A joint density of several parameters: a mixture whose components are products of one kernel a parameter. One
 * component is drawn for all parameters, which is what keeps their interactions.
 *
 * @param weights sum to 1; the prior's last
 * @param logWeights their logarithms
 * @param dimensions the kernels of each parameter, in the order of a point's coordinates
 */
record ProductMixture(double[] weights, double[] logWeights, List<Kernels> dimensions) {
    /** The mixture of components with these weights. */
    static ProductMixture of(double[] weights, List<Kernels> dimensions) {
        double[] logWeights = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            boolean same = i > 0 && weights[i] == weights[i - 1];
            logWeights[i] = same ? logWeights[i - 1] : StrictMath.log(weights[i]);
        }
        return new ProductMixture(weights, logWeights, dimensions);
    }

    /** Draws a point. */
    double[] draw(CounterRandom random) {
        int component = component(random.nextDouble());
        double[] point = new double[dimensions.size()];
        for (int d = 0; d < point.length; d++) {
            point[d] = dimensions.get(d).draw(component, random);
        }
        return point;
    }

    private int component(double point) {
        double left = point;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** log of the density of a point. */
    double logDensity(double[] point) {
        double[] sums = logWeights.clone();
        for (int d = 0; d < point.length; d++) {
            dimensions.get(d).addLogDensities(point[d], sums);
        }
        return logSumExp(sums);
    }

    /** log of the sum of the exponentials, added as numpy does; minus infinity if all terms are. */
    static double logSumExp(double[] terms) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            if (term > highest) {
                highest = term;
            }
        }
        if (highest == Double.NEGATIVE_INFINITY) {
            return highest;
        }
        double[] parts = new double[terms.length];
        for (int i = 0; i < terms.length; i++) {
            parts[i] = StrictMath.exp(terms[i] - highest);
        }
        return StrictMath.log(NumpySum.of(parts, parts.length)) + highest;
    }
}

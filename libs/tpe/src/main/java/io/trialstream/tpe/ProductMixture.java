package io.trialstream.tpe;

import java.util.List;

/**
 * A joint density of several parameters: a mixture whose components are products of one kernel a parameter. One
 * component is drawn for all parameters, which is what keeps their interactions.
 *
 * @param weights sum to 1; the prior's last
 * @param dimensions the kernels of each parameter, in the order of a point's coordinates
 */
record ProductMixture(double[] weights, List<Kernels> dimensions) {
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
        double[] sums = new double[weights.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = StrictMath.log(weights[i]);
        }
        for (int d = 0; d < point.length; d++) {
            dimensions.get(d).addLogDensities(point[d], sums);
        }
        return logSumExp(sums);
    }

    /** log of the sum of the exponentials, added as numpy does; minus infinity if all terms are. */
    static double logSumExp(double[] terms) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            highest = Math.max(highest, term);
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

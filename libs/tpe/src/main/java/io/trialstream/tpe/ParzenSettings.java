package io.trialstream.tpe;

import io.trialstream.space.Categorical;
import io.trialstream.space.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How Optuna fits a Parzen estimator.
 *
 * @param priorWeight weight of the prior beside the observations
 * @param fullWeights how many of the newest observations count in full
 * @param bandwidth how wide kernels are
 * @param endpoints whether the ends of the range are neighbours of the outermost observations
 * @param magicClip whether no kernel may be narrower than range / min(100, n + 2)
 * @param logarithmicCells whether the logarithm of a discrete parameter is discrete too (v5) or continuous (v4)
 */
record ParzenSettings(
        double priorWeight,
        int fullWeights,
        Bandwidth bandwidth,
        boolean endpoints,
        boolean magicClip,
        boolean logarithmicCells) {
    /** Whether a value on the axis stands for its cell. */
    boolean cells(Axis axis) {
        return axis.step() > 0 && (logarithmicCells || !axis.logarithmic());
    }

    /** The joint density of some parameters; each has a column of observed values, oldest first, all of one length. */
    ProductMixture fit(List<Parameter> parameters, List<double[]> columns) {
        List<Kernels> kernels = new ArrayList<>();
        for (int d = 0; d < parameters.size(); d++) {
            kernels.add(kernels(parameters.get(d), columns.get(d), parameters.size()));
        }
        return ProductMixture.of(weights(columns.get(0).length), kernels);
    }

    private double[] weights(int n) {
        double[] weights = Arrays.copyOf(AgeWeights.of(n, fullWeights), n + 1);
        weights[n] = n == 0 ? 1 : priorWeight;
        double sum = NumpySum.of(weights, weights.length);
        Arrays.setAll(weights, i -> weights[i] / sum);
        return weights;
    }

    private Kernels kernels(Parameter parameter, double[] column, int dimensions) {
        if (parameter.distribution() instanceof Categorical categorical) {
            double[] prior = categorical.probabilities().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            return new CategoricalKernels(column, prior, priorWeight);
        }
        return NormalKernels.fit(Axis.of(parameter.distribution()), column, dimensions, this);
    }
}

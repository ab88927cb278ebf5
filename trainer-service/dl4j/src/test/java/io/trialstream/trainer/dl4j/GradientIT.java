package io.trialstream.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.conformance.TinyNetworks;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.iter.NdIndexIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The loss against its definition, and weights' gradients of every layer against a central difference of it, in double
 * precision and in training mode: batch statistics, and dropout with the same mask each time.
 */
class GradientIT {

    private static final double STEP = 1e-6;
    /** Of each layer's weights, the first and every eleventh from there are compared. */
    private static final int EVERY = 11;

    private static final double L2 = 0.01;
    private static final double COARSE_WEIGHT = 0.3;
    private static final int BATCH = 4;

    private final INDArray images =
            seeded(() -> Nd4j.rand(DataType.DOUBLE, BATCH, 2, 6, 6).subi(0.5));
    private final INDArray fine = oneHot(TinyNetworks.FINE, 0, 3, 4, 1);
    private final INDArray coarse = oneHot(TinyNetworks.COARSE, 2, 0, 1, 1);

    @ParameterizedTest
    @CsvSource({"ELU, true", "ELU, false", "RELU, true", "RELU, false", "SELU, true"})
    void shouldBeTheSlopeOfTheLoss(Activation activation, boolean batchNorm) {
        ComputationGraph graph = graph(TinyNetworks.everyLayer(activation, batchNorm, 0.4, L2, COARSE_WEIGHT));
        loss(graph);
        Map<String, INDArray> gradients = graph.gradient().gradientForVariable();

        int compared = 0;
        for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
            if (parameter.getKey().endsWith("_mean") || parameter.getKey().endsWith("_var")) {
                continue;
            }
            // DL4J's gradient is that of the cross-entropy, summed over the batch; the penalty's comes with the update.
            INDArray gradient = gradients.get(parameter.getKey()).dup();
            INDArray weights = parameter.getValue();
            NdIndexIterator places = new NdIndexIterator('c', weights.shape());
            for (int number = 0; places.hasNext(); number++) {
                long[] place = places.next();
                if (number % EVERY != 0) {
                    continue;
                }
                double penalty = parameter.getKey().endsWith("_W") ? 2 * L2 * weights.getDouble(place) : 0;
                double slope = slope(graph, weights, place);
                assertThat(gradient.getDouble(place) / BATCH + penalty)
                        .as("%s%s", parameter.getKey(), Arrays.toString(place))
                        .isCloseTo(slope, offset(1e-6 + 1e-5 * Math.abs(slope)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(60);
    }

    /** CE(fine) + weight * CE(coarse) + l2 * sum of squared kernels, as Keras defines it. */
    @Test
    void shouldBeTheLossOfTheSeed() {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.ELU, false, 1e-9, L2, COARSE_WEIGHT);
        ComputationGraph graph = graph(blueprint);
        INDArray[] outputs = graph.output(false, images);
        double penalty = 0;
        for (BlueprintLayer layer : blueprint.layers()) {
            INDArray kernel = graph.paramTable().get(layer.name() + "_W");
            penalty += kernel == null ? 0 : L2 * kernel.mul(kernel).sumNumber().doubleValue();
        }

        double expected = crossEntropy(outputs[0], fine) + COARSE_WEIGHT * crossEntropy(outputs[1], coarse) + penalty;

        assertThat(loss(graph)).isCloseTo(expected, offset(1e-6));
    }

    private double slope(ComputationGraph graph, INDArray weights, long[] place) {
        double weight = weights.getDouble(place);
        weights.putScalar(place, weight + STEP);
        double above = loss(graph);
        weights.putScalar(place, weight - STEP);
        double below = loss(graph);
        weights.putScalar(place, weight);
        return (above - below) / (2 * STEP);
    }

    private double loss(ComputationGraph graph) {
        Nd4j.getRandom().setSeed(99);
        graph.setInputs(images);
        graph.setLabels(fine, coarse);
        graph.computeGradientAndScore();
        return graph.score();
    }

    private static ComputationGraph graph(NetworkBlueprint blueprint) {
        ComputationGraph graph = TestGraphs.graph(blueprint, 7, DataType.DOUBLE);
        // Biases start at zero, where a dropped neighbourhood sits exactly in ReLU's kink.
        graph.paramTable().forEach((name, values) -> {
            if (name.endsWith("_b")) {
                values.addi(Nd4j.rand(DataType.DOUBLE, values.shape()).muli(0.2));
            }
        });
        return graph;
    }

    private static double crossEntropy(INDArray probabilities, INDArray labels) {
        double sum = 0;
        for (int i = 0; i < BATCH; i++) {
            sum -= Math.log(
                    probabilities.getRow(i).mul(labels.getRow(i)).sumNumber().doubleValue());
        }
        return sum / BATCH;
    }

    private static INDArray oneHot(int classes, int... labels) {
        INDArray values = Nd4j.zeros(DataType.DOUBLE, labels.length, classes);
        for (int i = 0; i < labels.length; i++) {
            values.putScalar(i, labels[i], 1);
        }
        return values;
    }

    private static INDArray seeded(java.util.function.Supplier<INDArray> values) {
        Nd4j.getRandom().setSeed(5);
        return values.get();
    }
}

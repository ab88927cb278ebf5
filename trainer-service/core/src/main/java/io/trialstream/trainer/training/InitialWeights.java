package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.WeightInit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The weights a network begins with, the same for every engine: a pure function of blueprint, initialiser and seed.
 * Named {@code LAYER/kernel} (a convolution's {@code [out, in, height, width]}, a dense layer's {@code [in, out]}),
 * {@code LAYER/bias}, and for batch normalisation {@code /gamma}, {@code /beta}, {@code /mean}, {@code /variance}.
 */
public final class InitialWeights {

    /** Standard deviation of the standard normal distribution cut off at two, by which Keras divides. */
    private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

    private static final double CUT = 2;

    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final WeightInit rule;
    private final Random random;

    private InitialWeights(WeightInit rule, long seed) {
        this.rule = rule;
        this.random = new Random(seed);
    }

    /** The weights of all layers in the blueprint's order; the tensors belong to the caller. */
    public static Map<String, Tensor> of(NetworkBlueprint blueprint, WeightInit rule, long seed) {
        InitialWeights initial = new InitialWeights(rule, seed);
        for (BlueprintLayer layer : blueprint.layers()) {
            initial.add(blueprint, layer);
        }
        return initial.weights;
    }

    private void add(NetworkBlueprint blueprint, BlueprintLayer layer) {
        if (layer instanceof BlueprintLayer.Convolution convolution) {
            int channels = inputOf(blueprint, layer);
            int window = convolution.kernel() * convolution.kernel();
            kernel(
                    layer,
                    List.of(convolution.filters(), channels, convolution.kernel(), convolution.kernel()),
                    window * channels,
                    window * convolution.filters());
            constant(layer, "/bias", convolution.filters(), 0);
        } else if (layer instanceof BlueprintLayer.Dense dense) {
            matrix(blueprint, layer, dense.units());
        } else if (layer instanceof BlueprintLayer.Head head) {
            matrix(blueprint, layer, head.units());
        } else if (layer instanceof BlueprintLayer.BatchNormalization) {
            int channels = layer.outputShape().get(0);
            constant(layer, "/gamma", channels, 1);
            constant(layer, "/beta", channels, 0);
            constant(layer, "/mean", channels, 0);
            constant(layer, "/variance", channels, 1);
        }
    }

    private void matrix(NetworkBlueprint blueprint, BlueprintLayer layer, int units) {
        int inputs = inputOf(blueprint, layer);
        kernel(layer, List.of(inputs, units), inputs, units);
        constant(layer, "/bias", units, 0);
    }

    private void kernel(BlueprintLayer layer, List<Integer> shape, int fanIn, int fanOut) {
        float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
        switch (rule) {
            case GLOROT_UNIFORM -> uniform(values, Math.sqrt(6.0 / (fanIn + fanOut)));
            case GLOROT_NORMAL -> normal(values, Math.sqrt(2.0 / (fanIn + fanOut)));
            case HE_UNIFORM -> uniform(values, Math.sqrt(6.0 / fanIn));
            case HE_NORMAL -> normal(values, Math.sqrt(2.0 / fanIn));
            case LECUN_NORMAL -> normal(values, Math.sqrt(1.0 / fanIn));
        }
        weights.put(layer.name() + "/kernel", new Tensor(shape, values));
    }

    private void uniform(float[] values, double limit) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
    }

    private void normal(float[] values, double deviation) {
        for (int i = 0; i < values.length; i++) {
            double value = random.nextGaussian();
            while (Math.abs(value) > CUT) {
                value = random.nextGaussian();
            }
            values[i] = (float) (value * deviation / TRUNCATED_DEVIATION);
        }
    }

    private void constant(BlueprintLayer layer, String part, int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        weights.put(layer.name() + part, new Tensor(List.of(length), values));
    }

    /** Channels of a feature map, or units. */
    private static int inputOf(NetworkBlueprint blueprint, BlueprintLayer layer) {
        return blueprint.layer(layer.inputs().get(0)).outputShape().get(0);
    }
}

package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a trained network up to one of its layers, as it computes in inference mode, of layers that compute the
 * same in training: dropout is gone, and batch normalisation by its running statistics is the 1x1 convolution gamma /
 * sqrt(variance + epsilon) x + beta - gamma mean / sqrt(variance + epsilon) of each channel.
 *
 * @param blueprint the part; its last layer is the one that was asked for
 * @param weights of the part
 */
record PlainNetwork(NetworkBlueprint blueprint, Map<String, Tensor> weights) {
    private static final double EPSILON = 1e-3;

    static PlainNetwork upTo(String last, NetworkBlueprint blueprint, Map<String, Tensor> weights) {
        Set<String> needed = ancestors(last, blueprint);
        List<BlueprintLayer> layers = new ArrayList<>();
        Map<String, Tensor> plain = new LinkedHashMap<>();
        Map<String, String> replaced = new HashMap<>();
        for (BlueprintLayer layer : blueprint.layers()) {
            if (!needed.contains(layer.name())) {
                continue;
            }
            List<String> from = layer.inputs().stream()
                    .map(input -> replaced.getOrDefault(input, input))
                    .toList();
            if (layer instanceof BlueprintLayer.Dropout) {
                replaced.put(layer.name(), from.get(0));
            } else if (layer instanceof BlueprintLayer.BatchNormalization) {
                layers.add(normalization(layer, from, weights, plain));
            } else {
                layers.add(reading(layer, from));
                List.of("/kernel", "/bias").forEach(part -> copy(layer.name() + part, weights, plain));
            }
        }
        return new PlainNetwork(NetworkBlueprint.of(blueprint.inputShape(), layers), plain);
    }

    private static Set<String> ancestors(String last, NetworkBlueprint blueprint) {
        Set<String> found = new HashSet<>(Set.of(last));
        for (int i = blueprint.layers().size() - 1; i >= 0; i--) {
            BlueprintLayer layer = blueprint.layers().get(i);
            if (found.contains(layer.name())) {
                found.addAll(layer.inputs());
            }
        }
        return found;
    }

    private static BlueprintLayer normalization(
            BlueprintLayer layer, List<String> from, Map<String, Tensor> weights, Map<String, Tensor> plain) {
        int channels = layer.outputShape().get(0);
        float[] gamma = weights.get(layer.name() + "/gamma").values();
        float[] beta = weights.get(layer.name() + "/beta").values();
        float[] mean = weights.get(layer.name() + "/mean").values();
        float[] variance = weights.get(layer.name() + "/variance").values();
        float[] kernel = new float[channels * channels];
        float[] bias = new float[channels];
        for (int i = 0; i < channels; i++) {
            double scale = gamma[i] / Math.sqrt(variance[i] + EPSILON);
            kernel[i * channels + i] = (float) scale;
            bias[i] = (float) (beta[i] - scale * mean[i]);
        }
        plain.put(layer.name() + "/kernel", new Tensor(List.of(channels, channels, 1, 1), kernel));
        plain.put(layer.name() + "/bias", new Tensor(List.of(channels), bias));
        return new BlueprintLayer.Convolution(
                layer.name(),
                from,
                layer.outputShape(),
                channels,
                1,
                1,
                Activation.LINEAR,
                0,
                (long) channels * channels + channels);
    }

    private static BlueprintLayer reading(BlueprintLayer layer, List<String> from) {
        if (layer instanceof BlueprintLayer.Convolution it) {
            return new BlueprintLayer.Convolution(
                    it.name(),
                    from,
                    it.outputShape(),
                    it.filters(),
                    it.kernel(),
                    it.stride(),
                    it.activation(),
                    0,
                    it.parameters());
        } else if (layer instanceof BlueprintLayer.Pooling it) {
            return new BlueprintLayer.Pooling(
                    it.name(), from, it.outputShape(), it.kind(), it.kernel(), it.stride(), it.samePadding());
        } else if (layer instanceof BlueprintLayer.Add it) {
            return new BlueprintLayer.Add(it.name(), from, it.outputShape());
        } else if (layer instanceof BlueprintLayer.Concatenate it) {
            return new BlueprintLayer.Concatenate(it.name(), from, it.outputShape());
        } else if (layer instanceof BlueprintLayer.Input) {
            return layer;
        }
        throw new IllegalArgumentException("not a layer of feature maps: " + layer.name());
    }

    private static void copy(String name, Map<String, Tensor> weights, Map<String, Tensor> plain) {
        if (weights.containsKey(name)) {
            plain.put(name, weights.get(name));
        }
    }
}

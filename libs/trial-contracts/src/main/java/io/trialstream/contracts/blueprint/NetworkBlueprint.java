package io.trialstream.contracts.blueprint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network as data: what a trainer builds, what travels in a trial's STARTED report, what the dashboard draws.
 *
 * @param schemaVersion of this form, now 1
 * @param inputShape of one image, {@code [channels, height, width]}
 * @param layers in an order in which each layer's inputs come before it; the heads come last
 * @param parameters of all layers together, batch normalisation's running statistics included
 * @param trainableParameters those that gradients change
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NetworkBlueprint(
        int schemaVersion,
        List<Integer> inputShape,
        List<BlueprintLayer> layers,
        long parameters,
        long trainableParameters) {

    /** The version that this code writes. */
    public static final int SCHEMA_VERSION = 1;

    /** Validates that names are unique and inputs come first, and copies. */
    public NetworkBlueprint {
        inputShape = List.copyOf(inputShape);
        layers = List.copyOf(layers);
        Set<String> known = new HashSet<>();
        for (BlueprintLayer layer : layers) {
            if (!known.containsAll(layer.inputs())) {
                throw new IllegalArgumentException(
                        layer.name() + ": reads a layer that does not come before it: " + layer.inputs());
            }
            if (!known.add(layer.name())) {
                throw new IllegalArgumentException("two layers are named " + layer.name());
            }
        }
    }

    /** The blueprint of these layers, its parameters counted. */
    public static NetworkBlueprint of(List<Integer> inputShape, List<BlueprintLayer> layers) {
        long all = layers.stream().mapToLong(BlueprintLayer::parameters).sum();
        long running = layers.stream()
                .filter(BlueprintLayer.BatchNormalization.class::isInstance)
                .mapToLong(layer -> layer.parameters() / 2)
                .sum();
        return new NetworkBlueprint(SCHEMA_VERSION, inputShape, layers, all, all - running);
    }

    /**
     * Multiplications with addition in the convolutions and dense layers of one image's forward pass: half its floating
     * point operations. A training step takes about three times as many. In JSON only for readers.
     */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public long multiplyAdds() {
        return layers.stream().mapToLong(this::multiplyAdds).sum();
    }

    private long multiplyAdds(BlueprintLayer layer) {
        if (layer instanceof BlueprintLayer.Convolution convolution) {
            long window = (long) convolution.kernel() * convolution.kernel();
            return layer.outputValues() * window * inputChannels(layer);
        }
        boolean dense = layer instanceof BlueprintLayer.Dense || layer instanceof BlueprintLayer.Head;
        return dense ? layer.outputValues() * inputChannels(layer) : 0;
    }

    /** Channels of a feature map, or units. */
    private long inputChannels(BlueprintLayer layer) {
        return layer(layer.inputs().get(0)).outputShape().get(0);
    }

    /** The layer of that name. */
    public BlueprintLayer layer(String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no layer is named " + name));
    }
}

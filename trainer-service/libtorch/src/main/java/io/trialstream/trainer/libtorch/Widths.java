package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How wide a network's layers are on the device. A GPU's matrix units work on eight channels at once: a width of 63
 * costs more than one of 64. Widths padded with zero weights compute the same: a channel whose weights are all zero is
 * zero after every activation, pooling and normalisation, nothing reads it with another weight than zero, so that its
 * slopes are zero and every update rule leaves it where it is. Heads stay as they are, since a softmax sees all logits.
 */
final class Widths {

    private static final int MULTIPLE = 8;
    /** Images have few channels: kernels for four exist. */
    private static final int IMAGE_MULTIPLE = 4;

    private final boolean padded;
    private final Map<String, Channels> byLayer = new HashMap<>();

    private Widths(NetworkBlueprint blueprint, boolean padded) {
        this.padded = padded;
        for (BlueprintLayer layer : blueprint.layers()) {
            byLayer.put(layer.name(), channels(blueprint, layer));
        }
    }

    /** As the blueprint says. */
    static Widths exact(NetworkBlueprint blueprint) {
        return new Widths(blueprint, false);
    }

    /** Multiples of eight, of four for images of up to four channels. */
    static Widths padded(NetworkBlueprint blueprint) {
        return new Widths(blueprint, true);
    }

    /** Where the channels of a layer's output lie. */
    Channels of(String layer) {
        Channels channels = byLayer.get(layer);
        if (channels == null) {
            throw new IllegalArgumentException("no layer is named " + layer);
        }
        return channels;
    }

    private Channels channels(NetworkBlueprint blueprint, BlueprintLayer layer) {
        List<Channels> inputs = layer.inputs().stream().map(this::of).toList();
        int count = layer.outputShape().get(0);
        if (layer instanceof BlueprintLayer.Input) {
            return wide(count, count <= IMAGE_MULTIPLE ? IMAGE_MULTIPLE : MULTIPLE);
        } else if (layer instanceof BlueprintLayer.Convolution || layer instanceof BlueprintLayer.Dense) {
            return wide(count, MULTIPLE);
        } else if (layer instanceof BlueprintLayer.Head) {
            return Channels.exact(count);
        } else if (layer instanceof BlueprintLayer.Concatenate) {
            return Channels.concatenated(inputs);
        } else if (layer instanceof BlueprintLayer.Flatten) {
            List<Integer> map = blueprint.layer(layer.inputs().get(0)).outputShape();
            return inputs.get(0).flattened(count / map.get(0));
        }
        if (!inputs.stream().allMatch(inputs.get(0)::equals)) {
            throw new IllegalArgumentException(layer.name() + " joins channels that lie differently: " + inputs);
        }
        return inputs.get(0);
    }

    private Channels wide(int count, int multiple) {
        return padded ? Channels.padded(count, multiple) : Channels.exact(count);
    }
}

package io.trialstream.trainer.blueprint;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.BlueprintLayer.Add;
import io.trialstream.contracts.blueprint.BlueprintLayer.BatchNormalization;
import io.trialstream.contracts.blueprint.BlueprintLayer.Concatenate;
import io.trialstream.contracts.blueprint.BlueprintLayer.Convolution;
import io.trialstream.contracts.blueprint.BlueprintLayer.Dense;
import io.trialstream.contracts.blueprint.BlueprintLayer.Dropout;
import io.trialstream.contracts.blueprint.BlueprintLayer.Flatten;
import io.trialstream.contracts.blueprint.BlueprintLayer.Head;
import io.trialstream.contracts.blueprint.BlueprintLayer.Input;
import io.trialstream.contracts.blueprint.BlueprintLayer.Pooling;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.workload.InfeasibleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds layer after layer and works out shapes and parameter counts. Every method takes the layer it reads and returns
 * the one it added, so that branches are plain variables. Not thread-safe; one use.
 */
final class BlueprintBuilder {

    private final List<BlueprintLayer> layers = new ArrayList<>();
    private final double l2;
    private final boolean alphaDropout;

    BlueprintBuilder(double l2, boolean alphaDropout) {
        this.l2 = l2;
        this.alphaDropout = alphaDropout;
    }

    BlueprintLayer input(List<Integer> shape) {
        return added(new Input("input", shape));
    }

    BlueprintLayer convolution(
            String name, BlueprintLayer from, int filters, int kernel, int stride, Activation activation) {
        requireUnits(name, filters);
        long parameters = (long) kernel * kernel * channels(from) * filters + filters;
        List<Integer> shape = List.of(filters, roundedUp(height(from), stride), roundedUp(width(from), stride));
        return added(new Convolution(name, reading(from), shape, filters, kernel, stride, activation, l2, parameters));
    }

    BlueprintLayer batchNormalization(String name, BlueprintLayer from) {
        return added(new BatchNormalization(name, reading(from), from.outputShape(), 4L * channels(from)));
    }

    /** Whole windows only, as Keras pools by default: a map smaller than the window is pooled away. */
    BlueprintLayer pooling(String name, BlueprintLayer from, Pooling.Kind kind, int kernel) {
        int height = height(from) / kernel;
        int width = width(from) / kernel;
        if (height == 0 || width == 0) {
            throw new InfeasibleException(
                    InfeasibleException.INVALID_ARCHITECTURE,
                    name + ": the feature map is pooled away: " + from.outputShape() + " under windows of " + kernel
                            + "x" + kernel);
        }
        return added(
                new Pooling(name, reading(from), List.of(channels(from), height, width), kind, kernel, kernel, false));
    }

    BlueprintLayer samePooling(String name, BlueprintLayer from, Pooling.Kind kind, int kernel, int stride) {
        List<Integer> shape = List.of(channels(from), roundedUp(height(from), stride), roundedUp(width(from), stride));
        return added(new Pooling(name, reading(from), shape, kind, kernel, stride, true));
    }

    /** No layer at rate 0. */
    BlueprintLayer dropout(String name, BlueprintLayer from, double rate) {
        return rate == 0 ? from : added(new Dropout(name, reading(from), from.outputShape(), rate, alphaDropout));
    }

    BlueprintLayer add(String name, BlueprintLayer left, BlueprintLayer right) {
        return added(new Add(name, reading(left, right), left.outputShape()));
    }

    BlueprintLayer concatenate(String name, BlueprintLayer... parts) {
        int channels = 0;
        for (BlueprintLayer part : parts) {
            channels += channels(part);
        }
        List<Integer> shape = List.of(channels, height(parts[0]), width(parts[0]));
        return added(new Concatenate(name, reading(parts), shape));
    }

    BlueprintLayer flatten(String name, BlueprintLayer from) {
        int units = from.outputShape().stream().reduce(1, Math::multiplyExact);
        return added(new Flatten(name, reading(from), List.of(units)));
    }

    BlueprintLayer dense(String name, BlueprintLayer from, int units, Activation activation) {
        requireUnits(name, units);
        return added(new Dense(name, reading(from), List.of(units), units, activation, l2, weights(from, units)));
    }

    BlueprintLayer head(String name, BlueprintLayer from, int classes, double lossWeight) {
        return added(new Head(
                name,
                reading(from),
                List.of(classes),
                classes,
                Activation.SOFTMAX,
                lossWeight,
                l2,
                weights(from, classes)));
    }

    NetworkBlueprint build() {
        return NetworkBlueprint.of(layers.get(0).outputShape(), layers);
    }

    private BlueprintLayer added(BlueprintLayer layer) {
        layers.add(layer);
        return layer;
    }

    private static long weights(BlueprintLayer from, int units) {
        return (from.outputShape().get(0) + 1L) * units;
    }

    private static void requireUnits(String name, int units) {
        if (units < 1) {
            throw new InfeasibleException(
                    InfeasibleException.INVALID_ARCHITECTURE, name + ": the layer would have " + units + " units");
        }
    }

    private static List<String> reading(BlueprintLayer... layers) {
        return Arrays.stream(layers).map(BlueprintLayer::name).toList();
    }

    private static int roundedUp(int size, int stride) {
        return (size + stride - 1) / stride;
    }

    private static int channels(BlueprintLayer layer) {
        return layer.outputShape().get(0);
    }

    private static int height(BlueprintLayer layer) {
        return layer.outputShape().get(1);
    }

    private static int width(BlueprintLayer layer) {
        return layer.outputShape().get(2);
    }
}

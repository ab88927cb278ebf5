package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;

/**
 * A blueprint as a sequence of operations on batches. Each output is let go as soon as its last reader has read it;
 * what the backward pass needs, libtorch holds by itself. Used by one thread at a time, within a scope.
 */
final class TorchNetwork {

    /**
     * One layer at work.
     *
     * @param finished inputs that no later layer reads
     */
    private record Step(String name, List<String> inputs, LayerOperation operation, List<String> finished) {}

    private final String input;
    private final Widths widths;
    private final List<Step> steps = new ArrayList<>();
    private final List<BlueprintLayer.Head> heads = new ArrayList<>();

    TorchNetwork(NetworkBlueprint blueprint, Weights weights) {
        List<BlueprintLayer> layers = blueprint.layers();
        this.input = layers.get(0).name();
        this.widths = weights.layout().widths();
        LayerOperations operations = new LayerOperations(blueprint, weights);
        Map<String, Integer> lastReader = new HashMap<>();
        for (int number = 0; number < layers.size(); number++) {
            for (String read : layers.get(number).inputs()) {
                lastReader.put(read, number);
            }
        }
        for (int number = 1; number < layers.size(); number++) {
            BlueprintLayer layer = layers.get(number);
            int present = number;
            List<String> finished = layer.inputs().stream()
                    .distinct()
                    .filter(read -> !read.equals(input) && lastReader.get(read) == present)
                    .toList();
            steps.add(new Step(layer.name(), layer.inputs(), operations.of(layer, number), finished));
            if (layer instanceof BlueprintLayer.Head head) {
                heads.add(head);
            }
        }
    }

    /** The heads in the blueprint's order. */
    List<BlueprintLayer.Head> heads() {
        return heads;
    }

    /** The heads' logits {@code [images, classes]}, in their order. */
    List<Tensor> logits(Tensor images, Pass pass) {
        Map<String, Tensor> outputs = outputs(images, pass);
        return heads.stream().map(head -> outputs.get(head.name())).toList();
    }

    /** The outputs that no layer reads, by the layer's name, as wide as {@link Widths} has them. */
    Map<String, Tensor> outputs(Tensor images, Pass pass) {
        return outputs(images, pass, (layer, output) -> {});
    }

    /** @param seen is shown each layer's output at once: a later layer may work in its place */
    Map<String, Tensor> outputs(Tensor images, Pass pass, BiConsumer<String, Tensor> seen) {
        Map<String, Tensor> outputs = new HashMap<>();
        outputs.put(input, widths.of(input).padded(images));
        for (Step step : steps) {
            Tensor output =
                    step.operation.apply(step.inputs.stream().map(outputs::get).toList(), pass);
            outputs.put(step.name, output);
            seen.accept(step.name, output);
            for (String name : step.finished) {
                Tensor read = outputs.remove(name);
                if (!outputs.containsValue(read)) {
                    read.close();
                }
            }
        }
        return outputs;
    }
}

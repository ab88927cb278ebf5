package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.training.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's parameters under the names and in the shapes of {@link io.trialstream.trainer.training.InitialWeights}. */
final class WeightLayout {

    private static final Map<String, String> PARTS = Map.of(
            "W", "/kernel",
            "b", "/bias",
            "gamma", "/gamma",
            "beta", "/beta",
            "mean", "/mean",
            "var", "/variance");

    private WeightLayout() {}

    static Map<String, Tensor> weights(ComputationGraph graph) {
        return renamed(graph.paramTable());
    }

    /** Arrays under DL4J's names, such as weights or gradients, under ours. */
    static Map<String, Tensor> renamed(Map<String, INDArray> arrays) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        arrays.forEach((key, values) -> {
            try (INDArray copy = values.castTo(DataType.FLOAT).dup('c')) {
                weights.put(
                        nameOf(key),
                        new Tensor(shapeOf(key, values), copy.data().asFloat()));
            }
        });
        return weights;
    }

    /** @throws IllegalArgumentException if a name is missing or unknown, or a shape differs */
    static void setWeights(ComputationGraph graph, Map<String, Tensor> weights) {
        Map<String, INDArray> targets = new LinkedHashMap<>();
        graph.paramTable().forEach((key, values) -> targets.put(nameOf(key), values));
        requireNames(targets.keySet(), weights.keySet());
        graph.paramTable().forEach((key, values) -> {
            Tensor tensor = weights.get(nameOf(key));
            if (!tensor.shape().equals(shapeOf(key, values))) {
                throw new IllegalArgumentException(
                        nameOf(key) + " has shape " + shapeOf(key, values) + ", given is " + tensor.shape());
            }
        });
        targets.forEach((name, values) -> {
            try (INDArray given = Nd4j.create(weights.get(name).values(), values.shape(), 'c')) {
                values.assign(given);
            }
        });
    }

    private static void requireNames(Set<String> expected, Set<String> given) {
        if (!expected.equals(given)) {
            throw new IllegalArgumentException("weights must be named " + expected + ", given are " + given);
        }
    }

    private static String nameOf(String key) {
        int separator = key.lastIndexOf('_');
        return key.substring(0, separator) + PARTS.get(key.substring(separator + 1));
    }

    /** Some of DL4J's vectors are rows of a matrix. */
    private static List<Integer> shapeOf(String key, INDArray values) {
        List<Integer> shape =
                Arrays.stream(values.shape()).mapToInt(Math::toIntExact).boxed().toList();
        return key.endsWith("_W") ? shape : shape.subList(shape.size() - 1, shape.size());
    }
}

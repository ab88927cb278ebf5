package io.trialstream.trainer.dl4j;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.LayerHelper;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether DL4J's oneDNN layers are alive. Several things switch them off without a word (a property, a class that
 * moved, a native build without oneDNN), and training is then about six times slower. The check trains a tiny network
 * one step and looks at what its layers used.
 */
public final class EngineCheck {

    /** The finding's code. */
    public static final String CODE = "SLOW_ENGINE";

    private static final List<Integer> SHAPE = List.of(3, 8, 8);

    private EngineCheck() {}

    /** The kinds of layer that run without oneDNN: empty when all is well. */
    public static List<String> layersWithoutHelper() {
        ComputationGraph graph = Dl4jEngine.graph(tiny(), OptimizerKind.ADAM, new StepRate(), DataType.FLOAT);
        try (INDArray images = Nd4j.rand(DataType.FLOAT, 4, 3, 8, 8);
                INDArray labels = Nd4j.zeros(DataType.FLOAT, 4, 2)) {
            labels.putScalar(0, 0, 1);
            graph.fit(new INDArray[] {images}, new INDArray[] {labels});
            List<String> without = new ArrayList<>();
            Map.of("convolution", "conv", "batch normalisation", "bn", "pooling", "pool")
                    .forEach((kind, name) -> {
                        if (helperOf(graph.getLayer(name)) == null) {
                            without.add(kind);
                        }
                    });
            return without;
        } finally {
            graph.close();
        }
    }

    /** What is wrong, if anything is: DL4J would train correctly but slowly. */
    public static Optional<Reason> check() {
        if (Gpu.isBuiltFor()) {
            // On a GPU DL4J has no such layers.
            return Gpu.CODE.finding(Gpu.capability());
        }
        List<String> without = layersWithoutHelper();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reason(
                        CODE,
                        "DL4J runs without oneDNN for "
                                + String.join(", ", without) + ": training would be about six times slower"
                                + " (no oneDNN build exists for this processor, or DL4J's helpers are disabled)"));
    }

    private static LayerHelper helperOf(Layer layer) {
        return layer.getHelper();
    }

    private static NetworkBlueprint tiny() {
        return NetworkBlueprint.of(
                SHAPE,
                List.of(
                        new BlueprintLayer.Input("input", SHAPE),
                        new BlueprintLayer.Convolution(
                                "conv", List.of("input"), List.of(4, 8, 8), 4, 3, 1, Activation.RELU, 0, 112),
                        new BlueprintLayer.BatchNormalization("bn", List.of("conv"), List.of(4, 8, 8), 16),
                        new BlueprintLayer.Pooling(
                                "pool", List.of("bn"), List.of(4, 4, 4), BlueprintLayer.Pooling.Kind.MAX, 2, 2, false),
                        new BlueprintLayer.Flatten("flatten", List.of("pool"), List.of(64)),
                        new BlueprintLayer.Head(
                                "head", List.of("flatten"), List.of(2), 2, Activation.SOFTMAX, 1, 0, 130)));
    }
}

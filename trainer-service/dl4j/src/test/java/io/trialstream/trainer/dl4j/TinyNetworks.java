package io.trialstream.trainer.dl4j;

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
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.WeightInit;
import io.trialstream.trainer.training.InitialWeights;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/** Networks of a few hundred weights. */
final class TinyNetworks {

    static final List<Integer> IMAGE = List.of(2, 6, 6);
    static final int FINE = 5;
    static final int COARSE = 3;

    private TinyNetworks() {}

    /** The engine's graph, without what scores and stops it. */
    static ComputationGraph graph(NetworkBlueprint blueprint, long seed, DataType dataType) {
        StepRate rate = new StepRate();
        rate.set(0.001);
        ComputationGraph graph = Dl4jEngine.graph(blueprint, OptimizerKind.NADAM, rate, dataType);
        WeightLayout.setWeights(graph, InitialWeights.of(blueprint, WeightInit.GLOROT_UNIFORM, seed));
        return graph;
    }

    /** Every kind of layer once, with a residual unit whose input is read by two branches, one through dropout. */
    static NetworkBlueprint everyLayer(
            Activation activation, boolean batchNorm, double dropout, double l2, double coarseWeight) {
        String afterConv = batchNorm ? "bn" : "conv";
        List<Integer> map = List.of(3, 6, 6);
        List<BlueprintLayer> layers = new java.util.ArrayList<>(List.of(
                new Input("input", IMAGE),
                new Convolution("conv", List.of("input"), map, 3, 3, 1, activation, l2, 57)));
        if (batchNorm) {
            layers.add(new BatchNormalization("bn", List.of("conv"), map, 12));
        }
        layers.add(new Convolution("linear", List.of(afterConv), map, 3, 1, 1, Activation.LINEAR, l2, 12));
        layers.add(new Dropout("dropout", List.of(afterConv), map, dropout, activation == Activation.SELU));
        layers.add(new Convolution("right", List.of("dropout"), map, 3, 2, 1, activation, l2, 39));
        layers.add(new Add("add", List.of("linear", "right"), map));
        layers.add(new Convolution("reduce", List.of("add"), List.of(2, 3, 3), 2, 3, 2, Activation.LINEAR, l2, 56));
        layers.add(new Pooling("max", List.of("add"), List.of(3, 3, 3), Pooling.Kind.MAX, 3, 2, true));
        layers.add(new Pooling("avg", List.of("add"), List.of(3, 3, 3), Pooling.Kind.AVG, 2, 2, false));
        layers.add(new Concatenate("concat", List.of("reduce", "max", "avg"), List.of(8, 3, 3)));
        layers.add(new Flatten("flatten", List.of("concat"), List.of(72)));
        layers.add(new Dense("dense", List.of("flatten"), List.of(6), 6, activation, l2, 438));
        layers.add(new Head("fine_outputs", List.of("dense"), List.of(FINE), FINE, Activation.SOFTMAX, 1, l2, 35));
        layers.add(new Head(
                "coarse_outputs", List.of("dense"), List.of(COARSE), COARSE, Activation.SOFTMAX, coarseWeight, l2, 21));
        return NetworkBlueprint.of(IMAGE, layers);
    }

    /** One convolution of the given kernel and stride before both heads. */
    static NetworkBlueprint convolution(int side, int kernel, int stride) {
        int out = (side + stride - 1) / stride;
        return NetworkBlueprint.of(
                List.of(1, side, side),
                List.of(
                        new Input("input", List.of(1, side, side)),
                        new Convolution(
                                "conv",
                                List.of("input"),
                                List.of(1, out, out),
                                1,
                                kernel,
                                stride,
                                Activation.LINEAR,
                                0,
                                kernel * kernel + 1L),
                        new Flatten("flatten", List.of("conv"), List.of(out * out)),
                        new Head(
                                "fine_outputs",
                                List.of("flatten"),
                                List.of(2),
                                2,
                                Activation.SOFTMAX,
                                1,
                                0,
                                2L * (out * out + 1)),
                        new Head(
                                "coarse_outputs",
                                List.of("flatten"),
                                List.of(2),
                                2,
                                Activation.SOFTMAX,
                                1,
                                0,
                                2L * (out * out + 1))));
    }

    /** Batch normalisation alone before both heads. */
    static NetworkBlueprint batchNormalization() {
        return NetworkBlueprint.of(
                IMAGE,
                List.of(
                        new Input("input", IMAGE),
                        new BatchNormalization("bn", List.of("input"), IMAGE, 8),
                        new Flatten("flatten", List.of("bn"), List.of(72)),
                        new Head("fine_outputs", List.of("flatten"), List.of(2), 2, Activation.SOFTMAX, 1, 0, 146),
                        new Head("coarse_outputs", List.of("flatten"), List.of(2), 2, Activation.SOFTMAX, 1, 0, 146)));
    }
}

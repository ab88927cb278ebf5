package io.trialstream.trainer.conformance;

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
import io.trialstream.trainer.training.ImageBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Networks of a few hundred weights. */
public final class TinyNetworks {

    /** Shape of the images of most of them. */
    public static final List<Integer> IMAGE = List.of(2, 6, 6);
    /** Fine classes of most of them. */
    public static final int FINE = 5;
    /** Coarse classes of most of them. */
    public static final int COARSE = 3;

    private TinyNetworks() {}

    /** Every kind of layer once, with a residual unit whose input is read by two branches, one through dropout. */
    public static NetworkBlueprint everyLayer(
            Activation activation, boolean batchNorm, double dropout, double l2, double coarseWeight) {
        String afterConv = batchNorm ? "bn" : "conv";
        String right = dropout > 0 ? "dropout" : afterConv;
        List<Integer> map = List.of(3, 6, 6);
        List<BlueprintLayer> layers = new ArrayList<>(List.of(
                new Input("input", IMAGE),
                new Convolution("conv", List.of("input"), map, 3, 3, 1, activation, l2, 57)));
        if (batchNorm) {
            layers.add(new BatchNormalization("bn", List.of("conv"), map, 12));
        }
        layers.add(new Convolution("linear", List.of(afterConv), map, 3, 1, 1, Activation.LINEAR, l2, 12));
        if (dropout > 0) {
            layers.add(new Dropout("dropout", List.of(afterConv), map, dropout, activation == Activation.SELU));
        }
        layers.add(new Convolution("right", List.of(right), map, 3, 2, 1, activation, l2, 39));
        layers.add(new Add("add", List.of("linear", "right"), map));
        layers.add(new Convolution("reduce", List.of("add"), List.of(2, 3, 3), 2, 3, 2, Activation.LINEAR, l2, 56));
        layers.add(new Pooling("max", List.of("add"), List.of(3, 3, 3), Pooling.Kind.MAX, 3, 2, true));
        layers.add(new Pooling("avg", List.of("add"), List.of(3, 3, 3), Pooling.Kind.AVG, 2, 2, false));
        layers.add(new Concatenate("concat", List.of("reduce", "max", "avg"), List.of(8, 3, 3)));
        layers.add(new Flatten("flatten", List.of("concat"), List.of(72)));
        layers.add(new Dense("dense", List.of("flatten"), List.of(6), 6, activation, l2, 438));
        addHeads(layers, "dense", 6, l2, coarseWeight);
        return NetworkBlueprint.of(IMAGE, layers);
    }

    /** {@link #everyLayer} but dropout, so that every engine computes the same. */
    static NetworkBlueprint withoutDropout(Activation activation, boolean batchNorm, double l2, double coarseWeight) {
        return everyLayer(activation, batchNorm, 0, l2, coarseWeight);
    }

    /** Both heads right on the pixels. */
    static NetworkBlueprint regression(double l2, double coarseWeight) {
        List<Integer> image = List.of(1, 3, 3);
        List<BlueprintLayer> layers = new ArrayList<>(
                List.of(new Input("input", image), new Flatten("flatten", List.of("input"), List.of(9))));
        addHeads(layers, "flatten", 9, l2, coarseWeight);
        return NetworkBlueprint.of(image, layers);
    }

    private static void addHeads(List<BlueprintLayer> layers, String from, int inputs, double l2, double coarseWeight) {
        layers.add(new Head(
                "fine_outputs", List.of(from), List.of(FINE), FINE, Activation.SOFTMAX, 1, l2, (inputs + 1L) * FINE));
        layers.add(new Head(
                "coarse_outputs",
                List.of(from),
                List.of(COARSE),
                COARSE,
                Activation.SOFTMAX,
                coarseWeight,
                l2,
                (inputs + 1L) * COARSE));
    }

    /** One convolution of the given kernel and stride before both heads. */
    public static NetworkBlueprint convolution(int side, int kernel, int stride) {
        int out = (side + stride - 1) / stride;
        List<Integer> image = List.of(1, side, side);
        List<BlueprintLayer> layers = new ArrayList<>(List.of(
                new Input("input", image),
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
                new Flatten("flatten", List.of("conv"), List.of(out * out))));
        addHeads(layers, "flatten", out * out, 0, 1);
        return NetworkBlueprint.of(image, layers);
    }

    /** Batch normalisation alone before both heads. */
    public static NetworkBlueprint batchNormalization() {
        List<BlueprintLayer> layers = new ArrayList<>(List.of(
                new Input("input", IMAGE),
                new BatchNormalization("bn", List.of("input"), IMAGE, 8),
                new Flatten("flatten", List.of("bn"), List.of(72))));
        addHeads(layers, "flatten", 72, 0, 1);
        return NetworkBlueprint.of(IMAGE, layers);
    }

    /** The heads, the fine one first. */
    static List<BlueprintLayer> heads(NetworkBlueprint blueprint) {
        return blueprint.layers().stream()
                .filter(BlueprintLayer.Head.class::isInstance)
                .toList();
    }

    /** One image of a batch under labels of choice. */
    static ImageBatch one(ImageBatch batch, int image, int fine, int coarse) {
        int pixels = batch.pixels().length / batch.size();
        return new ImageBatch(
                Arrays.copyOfRange(batch.pixels(), image * pixels, (image + 1) * pixels),
                new int[] {fine},
                new int[] {coarse});
    }
}

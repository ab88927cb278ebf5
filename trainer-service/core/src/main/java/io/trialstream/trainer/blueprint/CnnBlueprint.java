package io.trialstream.trainer.blueprint;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.BlueprintLayer.Pooling;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.List;

/**
 * The seed's convolutional network for given hyperparameters: stages of convolution, residual units and pooling, one or
 * two dense layers, one softmax head for the fine classes and one for the coarse.
 *
 * <p>A pure function: equal arguments give equal blueprints. Unit counts are truncated. The width factor multiplies the
 * units of stages and dense layers before truncation; the first convolution's 16 filters and the heads keep theirs.
 */
public final class CnnBlueprint {

    /** Name of the head over the fine classes. */
    public static final String FINE_HEAD = "fine_outputs";
    /** Name of the head over the coarse classes. */
    public static final String COARSE_HEAD = "coarse_outputs";

    private static final int FIRST_CONVOLUTION_FILTERS = 16;
    private static final int BASE_FILTERS = 40;
    private static final int BASE_DENSE_UNITS = 1000;
    private static final int BASE_SECOND_DENSE_UNITS = 750;

    private final CnnHyperparameters parameters;
    private final Activation activation;
    private final BlueprintBuilder builder;

    private CnnBlueprint(CnnHyperparameters parameters) {
        this.parameters = parameters;
        this.activation = parameters.activation();
        this.builder = new BlueprintBuilder(parameters.l2(), activation == Activation.SELU);
    }

    /**
     * @param widthFactor above 0; 1 is the seed's size
     * @param inputShape of one image, {@code [channels, height, width]}
     * @throws io.trialstream.trainer.workload.InfeasibleException if a feature map would be pooled away or a layer
     *     would
     *     have no unit
     */
    public static NetworkBlueprint of(
            CnnHyperparameters parameters,
            double widthFactor,
            List<Integer> inputShape,
            int fineClasses,
            int coarseClasses) {
        if (!(widthFactor > 0 && Double.isFinite(widthFactor))) {
            throw new IllegalArgumentException("widthFactor must be above 0 but is " + widthFactor);
        }
        double width = widthFactor * parameters.widthMultiplier();
        return new CnnBlueprint(parameters).built(width, inputShape, fineClasses, coarseClasses);
    }

    private NetworkBlueprint built(double widthFactor, List<Integer> inputShape, int fineClasses, int coarseClasses) {
        BlueprintLayer layer = builder.input(inputShape);
        if (parameters.firstConvolution().isPresent()) {
            layer = builder.convolution(
                    "first_conv",
                    layer,
                    FIRST_CONVOLUTION_FILTERS,
                    parameters.firstConvolution().get(),
                    1,
                    activation);
        }
        int filters = (int) (BASE_FILTERS * parameters.convolutionUnitsMultiplier() * widthFactor);
        for (int stage = 0; stage < parameters.stages(); stage++) {
            layer = stage(stage, layer, filters);
            filters *= 2;
        }
        layer = denseLayers(builder.flatten("flatten", layer), widthFactor);
        builder.head(FINE_HEAD, layer, fineClasses, 1.0);
        builder.head(COARSE_HEAD, layer, coarseClasses, parameters.coarseLabelsWeight());
        return builder.build();
    }

    private BlueprintLayer stage(int index, BlueprintLayer from, int filters) {
        String name = "stage" + (index + 1);
        BlueprintLayer layer = builder.convolution(name + "_conv", from, filters, parameters.kernel(), 1, activation);
        layer = chosenNormalization(name + "_conv", layer);
        if (parameters.residualUnits().isPresent() && index >= parameters.firstResidualStage()) {
            layer = residualUnits(
                    name, layer, filters, parameters.residualUnits().get());
        }
        layer = switch (parameters.pooling()) {
            case MAX -> builder.pooling(name + "_pool", layer, Pooling.Kind.MAX, 2);
            case AVG -> builder.pooling(name + "_pool", layer, Pooling.Kind.AVG, 2);
            case ALL_CONV -> poolingConvolution(name + "_pool", layer, filters);
            case INCEPTION -> inceptionPooling(name + "_pool", layer, filters);
        };
        return builder.dropout(name + "_dropout", layer, parameters.convolutionDropout());
    }

    /** Ends with one normalisation more than the units', with two when the units have none. */
    private BlueprintLayer residualUnits(String stage, BlueprintLayer from, int filters, int units) {
        BlueprintLayer layer = from;
        for (int unit = 1; unit <= units; unit++) {
            String name = stage + "_res" + unit;
            BlueprintLayer left = builder.convolution(name + "_linear", layer, filters, 1, 1, Activation.LINEAR);
            BlueprintLayer right = builder.dropout(name + "_dropout", layer, parameters.convolutionDropout());
            right = builder.convolution(name + "_conv", right, filters, parameters.residualKernel(), 1, activation);
            layer = chosenNormalization(name, builder.add(name + "_add", left, right));
        }
        if (!parameters.batchNormalization()) {
            layer = builder.batchNormalization(stage + "_res_bn1", layer);
        }
        return builder.batchNormalization(stage + "_res_bn", layer);
    }

    private BlueprintLayer poolingConvolution(String name, BlueprintLayer from, int filters) {
        return chosenNormalization(name, builder.convolution(name + "_conv", from, filters, 3, 2, Activation.LINEAR));
    }

    private BlueprintLayer inceptionPooling(String name, BlueprintLayer from, int filters) {
        int narrow = (int) (filters * 0.33 + 1);
        int wide = (int) (filters * 0.4 + 1);
        BlueprintLayer first = poolingConvolution(name + "_a", from, wide);
        BlueprintLayer second = builder.convolution(name + "_b_conv1", from, narrow, 1, 1, activation);
        second = builder.convolution(name + "_b_conv2", second, wide, 3, 1, activation);
        second = poolingConvolution(name + "_b", second, wide);
        BlueprintLayer third = builder.convolution(name + "_c_conv", from, wide, 1, 1, activation);
        third = builder.samePooling(name + "_c_max", third, Pooling.Kind.MAX, 3, 2);
        return builder.concatenate(name + "_concat", first, second, third);
    }

    private BlueprintLayer denseLayers(BlueprintLayer from, double widthFactor) {
        int units = (int) (BASE_DENSE_UNITS * parameters.denseUnitsMultiplier() * widthFactor);
        BlueprintLayer layer = builder.dense("dense1", from, units, activation);
        layer = builder.dropout("dense1_dropout", layer, parameters.denseDropout());
        if (parameters.secondDenseUnitsMultiplier().isPresent()) {
            int more = (int) (BASE_SECOND_DENSE_UNITS
                    * parameters.secondDenseUnitsMultiplier().getAsDouble()
                    * widthFactor);
            layer = builder.dense("dense2", layer, more, activation);
            layer = builder.dropout("dense2_dropout", layer, parameters.denseDropout());
        }
        return layer;
    }

    private BlueprintLayer chosenNormalization(String name, BlueprintLayer layer) {
        return parameters.batchNormalization() ? builder.batchNormalization(name + "_bn", layer) : layer;
    }
}

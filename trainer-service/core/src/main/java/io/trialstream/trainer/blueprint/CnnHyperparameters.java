package io.trialstream.trainer.blueprint;

import io.trialstream.contracts.blueprint.Activation;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The hyperparameters of the {@code cifar-cnn} workload, read from a trial's configuration: the seed's 19, and what it
 * left open, each of which does nothing unless the configuration has its key. Kernel sizes and unit counts that the
 * space quantises are rounded half to even, as Python's {@code round} does.
 *
 * @param learningRateMultiplier of 0.001
 * @param l2Multiplier of 0.0007
 * @param batchSize images per gradient update
 * @param optimizer which rule updates the weights
 * @param coarseLabelsWeight of the coarse head's cross-entropy in the loss
 * @param convolutionDropout probability that a value of a feature map is dropped
 * @param denseDropout probability that a unit of a dense layer is dropped
 * @param batchNormalization whether it follows more layers than the residual blocks
 * @param firstConvolution kernel size of an extra first convolution
 * @param residualUnits how many are stacked in a stage
 * @param convolutionUnitsMultiplier of the first stage's 40 filters
 * @param stages convolution and pooling steps
 * @param firstResidualStage counted from 0: stages before it have no residual units
 * @param pooling how a stage halves its feature map
 * @param kernel edge length of a stage's convolution
 * @param residualKernel edge length of a residual unit's convolution
 * @param denseUnitsMultiplier of the first dense layer's 1000 units
 * @param secondDenseUnitsMultiplier of the second dense layer's 750 units, absent when there is none
 * @param activation used everywhere; with SELU, dropout is alpha dropout
 * @param weightInit how kernels begin
 * @param schedule of the learning rate
 * @param labelSmoothing in the training loss of both heads, 0 for none
 * @param cropPadding pixels of padding around a training image before a random crop of its size, 0 for none
 * @param widthMultiplier of the units of stages and dense layers, beside the study's width factor
 */
public record CnnHyperparameters(
        double learningRateMultiplier,
        double l2Multiplier,
        int batchSize,
        OptimizerKind optimizer,
        double coarseLabelsWeight,
        double convolutionDropout,
        double denseDropout,
        boolean batchNormalization,
        Optional<Integer> firstConvolution,
        Optional<Integer> residualUnits,
        double convolutionUnitsMultiplier,
        int stages,
        double firstResidualStage,
        PoolingKind pooling,
        int kernel,
        int residualKernel,
        double denseUnitsMultiplier,
        OptionalDouble secondDenseUnitsMultiplier,
        Activation activation,
        WeightInit weightInit,
        LearningRateSchedule schedule,
        double labelSmoothing,
        int cropPadding,
        double widthMultiplier) {

    /** Learning rate when its multiplier is 1. */
    public static final double BASE_LEARNING_RATE = 0.001;
    /** L2 factor of every kernel when its multiplier is 1. */
    public static final double BASE_L2 = 0.0007;

    /** How a stage halves its feature map. */
    public enum PoolingKind {
        MAX,
        AVG,
        ALL_CONV,
        INCEPTION
    }

    /** Schedules without parameters. */
    private enum NamedSchedule {
        CONSTANT,
        COSINE
    }

    /** What the activation key may name. */
    private enum NamedActivation {
        RELU,
        ELU,
        SELU
    }

    /**
     * Reads a configuration with the seed's keys; those it left open may be absent, and keys beyond all are ignored.
     *
     * @throws IllegalArgumentException naming the first key that is missing or whose value is of the wrong kind
     */
    public static CnnHyperparameters from(Map<String, Object> configuration) {
        ConfigurationReader reader = new ConfigurationReader(configuration);
        return new CnnHyperparameters(
                reader.positive("lr_rate_mult"),
                reader.notNegative("l2_weight_reg_mult"),
                reader.rounded("batch_size", 1),
                reader.option("optimizer", OptimizerKind.class),
                reader.notNegative("coarse_labels_weight"),
                reader.probability("conv_dropout_drop_proba"),
                reader.probability("fc_dropout_drop_proba"),
                reader.flag("use_BN"),
                reader.optionalRounded("first_conv", 1),
                reader.optionalRounded("residual", 1),
                reader.positive("conv_hiddn_units_mult"),
                reader.rounded("nb_conv_pool_layers", 1),
                reader.number("conv_pool_res_start_idx"),
                reader.option("pooling_type", PoolingKind.class),
                reader.rounded("conv_kernel_size", 1),
                reader.rounded("res_conv_kernel_size", 1),
                reader.positive("fc_units_1_mult"),
                reader.optionalNumber("one_more_fc"),
                Activation.valueOf(
                        reader.option("activation", NamedActivation.class).name()),
                reader.has("weight_init") ? reader.option("weight_init", WeightInit.class) : WeightInit.GLOROT_UNIFORM,
                schedule(reader),
                reader.isNone("label_smoothing") ? 0 : reader.probability("label_smoothing"),
                reader.isNone("crop_padding") ? 0 : reader.rounded("crop_padding", 0),
                reader.isNone("width_factor") ? 1 : reader.positive("width_factor"));
    }

    /** None, {@code constant}, {@code cosine}, or {@code one_cycle} with its {@code warmup} below it. */
    private static LearningRateSchedule schedule(ConfigurationReader reader) {
        if (reader.isNone("lr_schedule")) {
            return new LearningRateSchedule.Constant();
        }
        if (reader.isObject("lr_schedule")) {
            double warmup = reader.only("lr_schedule", "one_cycle")
                    .only("one_cycle", "warmup")
                    .number("warmup");
            if (!(warmup > 0 && warmup < 1)) {
                throw new IllegalArgumentException(
                        "configuration key 'lr_schedule.one_cycle.warmup' must be within (0, 1) but is " + warmup);
            }
            return new LearningRateSchedule.OneCycle(warmup);
        }
        return switch (reader.option("lr_schedule", NamedSchedule.class)) {
            case CONSTANT -> new LearningRateSchedule.Constant();
            case COSINE -> new LearningRateSchedule.Cosine();
        };
    }

    /** The optimiser's learning rate. */
    public double learningRate() {
        return BASE_LEARNING_RATE * learningRateMultiplier;
    }

    /** Factor of the sum of squared kernel weights in the loss. */
    public double l2() {
        return BASE_L2 * l2Multiplier;
    }
}

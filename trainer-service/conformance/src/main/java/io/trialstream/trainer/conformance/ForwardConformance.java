package io.trialstream.trainer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.InitialWeights;
import io.trialstream.trainer.training.Tensor;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shapes, parameter counts and the forward pass, in both modes, against {@link ReferenceNetwork}. Engines that agree
 * with it agree with each other.
 */
public interface ForwardConformance extends EngineUnderTest {

    /** How far a probability may be off. */
    double TOLERANCE = 1e-4;

    TrainingRecipe NADAM = TrainingRecipe.of(OptimizerKind.NADAM);

    /** Pooling and residual units in turn, of a tenth of the seed's width. */
    static Stream<Map<String, Object>> architectures() {
        return Stream.of("max", "avg", "all_conv", "inception")
                .flatMap(pooling -> Stream.of(1, 4).map(firstConvolution -> {
                    Map<String, Object> values = PublishedConfigurations.demo();
                    values.put("pooling_type", pooling);
                    values.put("first_conv", firstConvolution == 1 ? null : firstConvolution);
                    values.put("residual", firstConvolution == 1 ? 2 : null);
                    values.put("use_BN", firstConvolution == 1);
                    values.put("conv_kernel_size", firstConvolution == 1 ? 2 : 4);
                    values.put("conv_dropout_drop_proba", 0.0);
                    values.put("fc_dropout_drop_proba", 0.0);
                    return values;
                }));
    }

    @Test
    default void shouldHaveTheBlueprintsParametersInThePublishedConfigurations() {
        for (Map<String, Object> configuration :
                List.of(PublishedConfigurations.demo(), PublishedConfigurations.best())) {
            NetworkBlueprint blueprint =
                    CnnBlueprint.of(CnnHyperparameters.from(configuration), 1, List.of(3, 32, 32), 100, 20);
            Map<String, Tensor> expected = InitialWeights.of(blueprint, NADAM.weightInit(), 5);
            try (EngineRun run = engine().build(blueprint, NADAM, 5)) {
                Map<String, Tensor> weights = run.weights();

                assertThat(weights).containsOnlyKeys(expected.keySet());
                assertThat(weights.values().stream()
                                .mapToLong(array -> array.values().length)
                                .sum())
                        .isEqualTo(blueprint.parameters());
                expected.forEach((name, array) -> {
                    assertThat(weights.get(name).shape()).as(name).isEqualTo(array.shape());
                    assertThat(weights.get(name).values()).as(name).isEqualTo(array.values());
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    default void shouldInferAsDefined(Map<String, Object> configuration) {
        assertInference(CnnBlueprint.of(CnnHyperparameters.from(configuration), 0.1, List.of(3, 16, 16), 7, 3));
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"LINEAR", "RELU", "ELU", "SELU"})
    default void shouldActivateAsDefined(Activation activation) {
        assertInference(TinyNetworks.everyLayer(activation, true, 0.3, 0.001, 0.2));
    }

    /** Odd and even maps under kernels of every size and both strides: the odd zero goes to the bottom and right. */
    @ParameterizedTest
    @ValueSource(strings = {"5 1 1", "5 2 1", "5 3 1", "5 4 1", "6 3 2", "5 3 2", "6 2 2", "7 4 2", "6 4 2"})
    default void shouldPadLikeTensorFlow(String sideKernelStride) {
        String[] parts = sideKernelStride.split(" ");
        assertInference(TinyNetworks.convolution(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }

    private void assertInference(NetworkBlueprint blueprint) {
        List<BlueprintLayer> heads = TinyNetworks.heads(blueprint);
        int fine = heads.get(0).outputShape().get(0);
        int coarse = heads.get(1).outputShape().get(0);
        try (EngineRun run = engine().build(blueprint, NADAM, 1)) {
            run.setWeights(FormulaWeights.like(run.weights()));
            ImageBatch images = FormulaWeights.images(2, blueprint.inputShape(), fine, coarse);
            Map<String, double[][]> expected =
                    new ReferenceNetwork(blueprint, run.weights()).probabilities(images, false);
            for (int label = 0; label < Math.max(fine, coarse); label++) {
                int fineLabel = label % fine;
                int coarseLabel = label % coarse;
                for (int image = 0; image < images.size(); image++) {
                    BatchScore score = run.evaluate(TinyNetworks.one(images, image, fineLabel, coarseLabel));
                    assertThat(Math.exp(-score.fine().lossSum()))
                            .as("image %d, fine class %d", image, fineLabel)
                            .isCloseTo(expected.get(heads.get(0).name())[image][fineLabel], offset(TOLERANCE));
                    assertThat(Math.exp(-score.coarse().lossSum()))
                            .as("image %d, coarse class %d", image, coarseLabel)
                            .isCloseTo(expected.get(heads.get(1).name())[image][coarseLabel], offset(TOLERANCE));
                }
            }
        }
    }

    /** The batch's own statistics; the score is that of before the step. */
    @ParameterizedTest
    @MethodSource("architectures")
    default void shouldScoreTrainingBatchesAsDefined(Map<String, Object> configuration) {
        NetworkBlueprint blueprint =
                CnnBlueprint.of(CnnHyperparameters.from(configuration), 0.1, List.of(3, 16, 16), 7, 3);
        try (EngineRun run = engine().build(blueprint, NADAM, 1)) {
            run.setWeights(FormulaWeights.like(run.weights()));
            ImageBatch images = FormulaWeights.images(6, blueprint.inputShape(), 7, 3);
            Map<String, double[][]> expected =
                    new ReferenceNetwork(blueprint, run.weights()).probabilities(images, true);

            BatchScore score = run.train(images, 0.001);

            assertThat(score.fine().lossSum())
                    .isCloseTo(lossSum(expected.get(CnnBlueprint.FINE_HEAD), images.fine()), offset(1e-3));
            assertThat(score.coarse().lossSum())
                    .isCloseTo(lossSum(expected.get(CnnBlueprint.COARSE_HEAD), images.coarse()), offset(1e-3));
        }
    }

    private static double lossSum(double[][] probabilities, int[] labels) {
        double sum = 0;
        for (int image = 0; image < labels.length; image++) {
            sum -= Math.log(probabilities[image][labels[image]]);
        }
        return sum;
    }

    /** Momentum 0.99. Keras's fused kernel averages the unbiased variance, the plain formula the biased one. */
    @Test
    default void shouldKeepKerasMovingAverages() {
        NetworkBlueprint blueprint = TinyNetworks.batchNormalization();
        try (EngineRun run = engine().build(blueprint, NADAM, 1)) {
            ImageBatch images = FormulaWeights.images(4, blueprint.inputShape(), 2, 2);
            double[] channel = new double[4 * 36];
            for (int i = 0; i < channel.length; i++) {
                channel[i] = images.pixels()[i / 36 * 72 + i % 36];
            }
            double mean = java.util.Arrays.stream(channel).average().orElseThrow();
            double variance = java.util.Arrays.stream(channel)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow();

            run.train(images, 0.001);

            assertThat((double) run.weights().get("bn/mean").values()[0]).isCloseTo(0.01 * mean, offset(1e-5));
            assertThat((double) run.weights().get("bn/variance").values()[0])
                    .isBetween(0.99 + 0.01 * variance - 1e-5, 0.99 + 0.01 * variance * 144 / 143 + 1e-5);
        }
    }
}

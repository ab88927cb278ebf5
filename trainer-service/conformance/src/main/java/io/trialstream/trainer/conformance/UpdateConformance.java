package io.trialstream.trainer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.WeightInit;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients against slopes of {@link ReferenceNetwork}'s loss, and steps against {@link KerasFormula}. */
public interface UpdateConformance extends EngineUnderTest {

    /** Of each array's weights, the first and every so many from there are compared. */
    int EVERY = 5;

    /** Half the distance over which a slope is taken. */
    double STEP = 1e-6;

    @ParameterizedTest
    @CsvSource({"ELU, true", "ELU, false", "RELU, false", "SELU, true"})
    default void shouldHaveTheSlopeOfTheLossAsGradient(Activation activation, boolean batchNorm) {
        NetworkBlueprint blueprint = TinyNetworks.withoutDropout(activation, batchNorm, 0.01, 0.3);
        try (EngineRun run = engine().build(blueprint, TrainingRecipe.of(OptimizerKind.NADAM), 1)) {
            run.setWeights(FormulaWeights.like(run.weights()));
            ImageBatch images =
                    FormulaWeights.images(6, blueprint.inputShape(), TinyNetworks.FINE, TinyNetworks.COARSE);
            ReferenceNetwork reference = new ReferenceNetwork(blueprint, run.weights());

            Map<String, Tensor> gradients = gradients(run, images);

            int compared = 0;
            for (Map.Entry<String, Tensor> gradient : gradients.entrySet()) {
                double[] values = reference.weights(gradient.getKey());
                for (int i = 0; i < values.length; i += EVERY) {
                    double slope = slope(reference, images, values, i);
                    assertThat((double) gradient.getValue().values()[i])
                            .as("%s[%d]", gradient.getKey(), i)
                            .isCloseTo(slope, offset(1e-5 + 1e-4 * Math.abs(slope)));
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(130);
        }
    }

    private static double slope(ReferenceNetwork reference, ImageBatch images, double[] values, int index) {
        double value = values[index];
        values[index] = value + STEP;
        double above = reference.loss(images);
        values[index] = value - STEP;
        double below = reference.loss(images);
        values[index] = value;
        return (above - below) / (2 * STEP);
    }

    @ParameterizedTest
    @EnumSource(OptimizerKind.class)
    default void shouldTakeKerasSteps(OptimizerKind kind) {
        assertSteps(new TrainingRecipe(kind, WeightInit.GLOROT_UNIFORM, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3})
    default void shouldSmoothLabels(double smoothing) {
        assertSteps(new TrainingRecipe(OptimizerKind.ADAM, WeightInit.GLOROT_UNIFORM, smoothing));
    }

    /** Softmax regression, whose gradients are at hand: mean over the images of (p - target) x, and 2 l2 w. */
    private void assertSteps(TrainingRecipe recipe) {
        NetworkBlueprint blueprint = TinyNetworks.regression(0.01, 0.3);
        try (EngineRun run = engine().build(blueprint, recipe, 1)) {
            run.setWeights(FormulaWeights.like(run.weights()));
            ImageBatch images =
                    FormulaWeights.images(5, blueprint.inputShape(), TinyNetworks.FINE, TinyNetworks.COARSE);
            SoftmaxRegression expected = new SoftmaxRegression(blueprint, run.weights(), recipe);
            run.beginEpoch(3);
            for (int step = 1; step <= 8; step++) {
                double rate = 0.002 * step;
                run.train(images, rate);
                expected.train(images, step, rate);
                Map<String, Tensor> weights = run.weights();
                for (Map.Entry<String, double[]> array : expected.weights().entrySet()) {
                    float[] values = weights.get(array.getKey()).values();
                    for (int i = 0; i < values.length; i++) {
                        assertThat((double) values[i])
                                .as("%s[%d] after step %d", array.getKey(), i, step)
                                .isCloseTo(array.getValue()[i], offset(2e-5));
                    }
                }
            }
        }
    }
}

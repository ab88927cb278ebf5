package io.trialstream.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jEngineIT {

    private static final TrainingRecipe NADAM = TrainingRecipe.of(OptimizerKind.NADAM);

    private static final double RATE = 0.001;

    private final Dl4jEngine engine = new Dl4jEngine();

    @Test
    void shouldRunItsLayersOnOneDnn() {
        assertThat(EngineCheck.layersWithoutHelper()).isEmpty();
        assertThat(EngineCheck.check()).isEmpty();
    }

    /** The engine compares its parameter count with the blueprint's and refuses a difference. */
    @Test
    void shouldBuildThePublishedConfigurations() {
        for (Map<String, Object> configuration :
                List.of(PublishedConfigurations.demo(), PublishedConfigurations.best())) {
            NetworkBlueprint blueprint =
                    CnnBlueprint.of(CnnHyperparameters.from(configuration), 1, List.of(3, 32, 32), 100, 20);
            ComputationGraph graph = TinyNetworks.graph(blueprint, 1, DataType.FLOAT);
            assertThat(graph.numParams()).isEqualTo(blueprint.parameters());
            graph.close();
        }
    }

    @Test
    void shouldTrainTheSameFromTheSameSeedAndOtherwiseFromAnother() {
        List<BatchScore> once = curve(11);

        assertThat(curve(11)).isEqualTo(once);
        assertThat(curve(12)).isNotEqualTo(once);
    }

    @Test
    void shouldEvaluateWithoutDropoutAndWithoutChangingAnything() {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.ELU, true, 0.5, 0.001, 0.3);
        try (EngineRun run = engine.build(blueprint, NADAM, 3)) {
            ImageBatch batch = randomBatch(8, 2);
            run.train(batch, RATE);

            BatchScore first = run.evaluate(batch);

            assertThat(run.evaluate(batch)).isEqualTo(first);
        }
    }

    @Test
    void shouldGoBackToKeptWeights() {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.RELU, true, 0.2, 0.001, 0.3);
        try (EngineRun run = engine.build(blueprint, NADAM, 3)) {
            ImageBatch batch = randomBatch(8, 2);
            run.train(batch, RATE);
            run.keepWeights();
            BatchScore kept = run.evaluate(batch);
            for (int i = 0; i < 5; i++) {
                run.train(batch, RATE);
            }
            assertThat(run.evaluate(batch)).isNotEqualTo(kept);

            run.restoreKeptWeights();

            assertThat(run.evaluate(batch)).isEqualTo(kept);
        }
    }

    /**
     * Momentum 0.99: after one batch, mean 0.01 m and variance 0.99 + 0.01 v; outputs (x - mean) / sqrt(variance +
     * 1e-3).
     */
    @Test
    void shouldNormaliseByKerasMovingAverages() {
        ComputationGraph graph = TinyNetworks.graph(TinyNetworks.batchNormalization(), 1, DataType.FLOAT);
        INDArray images = Nd4j.rand(DataType.FLOAT, 4, 2, 6, 6).muli(3).addi(1);
        double mean = images.mean(0, 2, 3).getDouble(0);
        double variance = images.var(false, 0, 2, 3).getDouble(0);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 4, 2);

        graph.fit(new INDArray[] {images}, new INDArray[] {labels, labels});

        INDArray runningMean = graph.paramTable().get("bn_mean");
        INDArray runningVariance = graph.paramTable().get("bn_var");
        assertThat(runningMean.getDouble(0)).isCloseTo(0.01 * mean, offset(1e-5));
        // Keras's fused kernel averages the unbiased variance, the plain formula the biased: 1/143 apart here.
        assertThat(runningVariance.getDouble(0))
                .isBetween((0.99 + 0.01 * variance) - 1e-5, (0.99 + 0.01 * variance * 144 / 143) + 1e-5);
        double x = images.getDouble(0, 0, 2, 3);
        double expected = (x - runningMean.getDouble(0))
                        / Math.sqrt(runningVariance.getDouble(0) + 1e-3)
                        * graph.paramTable().get("bn_gamma").getDouble(0)
                + graph.paramTable().get("bn_beta").getDouble(0);
        assertThat(graph.feedForward(images, false).get("bn").getDouble(0, 0, 2, 3))
                .isCloseTo(expected, offset(1e-4));
    }

    /** Padding is split evenly, the odd pixel goes to the bottom and right: k - 1 at stride 1, as TensorFlow pads. */
    @ParameterizedTest
    @CsvSource({"5, 1, 1", "5, 2, 1", "5, 3, 1", "5, 4, 1", "6, 3, 2", "5, 3, 2"})
    void shouldPadLikeTensorFlow(int side, int kernel, int stride) {
        ComputationGraph graph = TinyNetworks.graph(TinyNetworks.convolution(side, kernel, stride), 1, DataType.FLOAT);
        INDArray weights = graph.paramTable().get("conv_W");
        INDArray image = Nd4j.rand(DataType.FLOAT, 1, 1, side, side);

        INDArray output = graph.feedForward(image, false).get("conv");

        int out = (side + stride - 1) / stride;
        int before = Math.max(0, (out - 1) * stride + kernel - side) / 2;
        for (int row = 0; row < out; row++) {
            for (int column = 0; column < out; column++) {
                double sum = 0;
                for (int i = 0; i < kernel * kernel; i++) {
                    int y = row * stride - before + i / kernel;
                    int x = column * stride - before + i % kernel;
                    if (y >= 0 && y < side && x >= 0 && x < side) {
                        sum += image.getDouble(0, 0, y, x) * weights.getDouble(0, 0, i / kernel, i % kernel);
                    }
                }
                assertThat(output.getDouble(0, 0, row, column))
                        .as("%d, %d", row, column)
                        .isCloseTo(sum, offset(1e-5));
            }
        }
    }

    private List<BatchScore> curve(long seed) {
        NetworkBlueprint blueprint = CnnBlueprint.of(
                CnnHyperparameters.from(PublishedConfigurations.demo()),
                0.1,
                List.of(2, 16, 16),
                TinyNetworks.FINE,
                TinyNetworks.COARSE);
        List<BatchScore> scores = new ArrayList<>();
        try (EngineRun run = engine.build(blueprint, NADAM, seed)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                run.beginEpoch(seed + epoch);
                scores.add(run.train(randomBatch(12, epoch, 2 * 16 * 16), RATE));
                scores.add(run.evaluate(randomBatch(7, 9, 2 * 16 * 16)));
            }
        }
        return scores;
    }

    private static ImageBatch randomBatch(int size, long seed) {
        return randomBatch(size, seed, 2 * 6 * 6);
    }

    private static ImageBatch randomBatch(int size, long seed, int pixels) {
        Random random = new Random(seed);
        float[] values = new float[size * pixels];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return new ImageBatch(
                values,
                random.ints(size, 0, TinyNetworks.FINE).toArray(),
                random.ints(size, 0, TinyNetworks.COARSE).toArray());
    }
}

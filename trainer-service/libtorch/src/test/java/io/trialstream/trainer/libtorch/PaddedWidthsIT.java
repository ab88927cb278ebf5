package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.conformance.StateInMemory;
import io.trialstream.trainer.conformance.TinyNetworks;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A padded network against the same network as it is, in double precision where values are compared. */
class PaddedWidthsIT {

    private static final LibtorchEngine EXACT = new LibtorchEngine(new EngineOptions(false, false, Precision.FLOAT32));
    private static final LibtorchEngine PADDED = new LibtorchEngine(new EngineOptions(true, false, Precision.FLOAT32));
    private static final double RATE = 0.01;
    /** Of slopes: what is left of double precision after other orders of summation. */
    private static final double SLOPES = 1e-12;
    /** Of weights: where the true slope is zero (a bias before batch normalisation) rules divide its rounding by 1e-7. */
    private static final double STEPS = 1e-9;

    /** Penalty, dropout (alpha dropout with SELU), two heads, and every kind of layer. */
    @ParameterizedTest
    @CsvSource({
        "NADAM, ELU, true", "ADAM, ELU, true", "RMSPROP, ELU, true",
        "NADAM, SELU, true", "ADAM, SELU, false", "RMSPROP, SELU, true",
        "NADAM, RELU, false", "ADAM, RELU, true", "RMSPROP, RELU, false"
    })
    void shouldTrainAsTheExactNetworkDoes(OptimizerKind optimizer, Activation activation, boolean batchNorm) {
        assertSameTraining(TinyNetworks.everyLayer(activation, batchNorm, 0.3, 0.01, 0.3), optimizer);
    }

    /** The seed's demo with each pooling, very narrow. */
    @ParameterizedTest
    @ValueSource(strings = {"max", "avg", "all_conv", "inception"})
    void shouldTrainTheSeedsNetworksAsTheyAre(String pooling) {
        Map<String, Object> values = PublishedConfigurations.demo();
        values.put("pooling_type", pooling);
        values.put("residual", 1);
        values.put("nb_conv_pool_layers", 2);
        assertSameTraining(
                CnnBlueprint.of(CnnHyperparameters.from(values), 0.08, List.of(3, 12, 12), 7, 3), OptimizerKind.NADAM);
    }

    private static void assertSameTraining(NetworkBlueprint blueprint, OptimizerKind optimizer) {
        TrainingRecipe recipe = TrainingRecipe.of(optimizer);
        try (PointerScope scope = new PointerScope();
                LibtorchRun exact = EXACT.build(blueprint, recipe, 5, ScalarType.Double);
                LibtorchRun padded = PADDED.build(blueprint, recipe, 5, ScalarType.Double)) {
            assertThat(padded.buffers().layout().length(true))
                    .isGreaterThan(exact.buffers().layout().length(true));
            exact.beginEpoch(3);
            padded.beginEpoch(3);
            for (int step = 0; step < 3; step++) {
                ImageBatch batch = images(blueprint, 6, step);
                assertClose(differentiated(padded, batch), differentiated(exact, batch));
                assertSame(
                        padded,
                        padded.buffers().gradients(),
                        exact,
                        exact.buffers().gradients(),
                        true,
                        SLOPES);
                assertClose(padded.train(batch, RATE), exact.train(batch, RATE));
                exact.state()
                        .vectors()
                        .forEach((name, vector) -> assertSame(
                                padded,
                                padded.state().vectors().get(name),
                                exact,
                                vector,
                                !name.equals("running"),
                                STEPS));
            }
            ImageBatch other = images(blueprint, 4, 9);
            assertClose(padded.evaluate(other), exact.evaluate(other));
        }
    }

    private static BatchScore differentiated(LibtorchRun run, ImageBatch batch) {
        return Scores.read(run.differentiate(run.placed(batch)), batch.size());
    }

    private static void assertSame(
            LibtorchRun padded,
            org.bytedeco.pytorch.Tensor paddedVector,
            LibtorchRun exact,
            org.bytedeco.pytorch.Tensor exactVector,
            boolean trained,
            double tolerance) {
        double[] values = Vectors.read(paddedVector);
        WeightLayout layout = padded.buffers().layout();
        Map<String, double[]> actual = Vectors.arrays(values, layout, trained);
        Map<String, double[]> expected =
                Vectors.arrays(Vectors.read(exactVector), exact.buffers().layout(), trained);

        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((name, array) ->
                assertThat(greatestDistance(actual.get(name), array)).as(name).isLessThanOrEqualTo(tolerance));
        assertThat(Vectors.rest(values, layout, trained)).as("padding").matches(rest -> DoubleStream.of(rest)
                .allMatch(value -> value == 0));
    }

    private static double greatestDistance(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double greatest = 0;
        for (int i = 0; i < actual.length; i++) {
            greatest = Math.max(greatest, Math.abs(actual[i] - expected[i]));
        }
        return greatest;
    }

    private static void assertClose(BatchScore actual, BatchScore expected) {
        assertThat(actual.fine().lossSum()).isCloseTo(expected.fine().lossSum(), offset(1e-5));
        assertThat(actual.coarse().lossSum()).isCloseTo(expected.coarse().lossSum(), offset(1e-5));
        assertThat(actual.fine().correct()).isEqualTo(expected.fine().correct());
    }

    @Test
    void shouldGiveAndTakeTheExactWeightsAndActivations() {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.ELU, true, 0.3, 0.001, 0.3);
        TrainingRecipe recipe = TrainingRecipe.of(OptimizerKind.ADAM);
        try (EngineRun exact = EXACT.build(blueprint, recipe, 1);
                EngineRun padded = PADDED.build(blueprint, recipe, 2)) {
            exact.train(images(blueprint, 6, 1), RATE);
            Map<String, Tensor> weights = exact.weights();

            padded.setWeights(weights);

            assertThat(padded.weights()).containsOnlyKeys(weights.keySet());
            padded.weights().forEach((name, array) -> {
                assertThat(array.shape()).as(name).isEqualTo(weights.get(name).shape());
                assertThat(array.values()).as(name).isEqualTo(weights.get(name).values());
            });
            ImageBatch batch = images(blueprint, 3, 2);
            Map<String, float[]> activations = padded.activations(batch);
            exact.activations(batch)
                    .forEach((layer, values) ->
                            assertThat(activations.get(layer)).as(layer).containsExactly(values, offset(1e-5f)));
        }
    }

    /** Each way: what the other run saves again is what it was given, and both go on alike. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGoOnFromTheOthersCheckpoint(boolean fromPadded) {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.SELU, true, 0.3, 0.001, 0.3);
        TrainingRecipe recipe = TrainingRecipe.of(OptimizerKind.NADAM);
        try (EngineRun first = (fromPadded ? PADDED : EXACT).build(blueprint, recipe, 1);
                EngineRun second = (fromPadded ? EXACT : PADDED).build(blueprint, recipe, 99)) {
            first.train(images(blueprint, 6, 1), RATE);
            first.keepWeights();
            first.train(images(blueprint, 6, 2), RATE);
            StateInMemory state = new StateInMemory();
            first.save(state);

            second.restore(state, 2);

            StateInMemory again = new StateInMemory();
            second.save(again);
            for (String name : List.of("weights", "running", "moment1", "moment2", "kept", "kept-running")) {
                assertThat(again.floats(name)).as(name).isEqualTo(state.floats(name));
            }
            first.beginEpoch(4);
            second.beginEpoch(4);
            assertClose(second.train(images(blueprint, 6, 3), RATE), first.train(images(blueprint, 6, 3), RATE));
            first.restoreKeptWeights();
            second.restoreKeptWeights();
            assertClose(second.evaluate(images(blueprint, 6, 3)), first.evaluate(images(blueprint, 6, 3)));
        }
    }

    private static ImageBatch images(NetworkBlueprint blueprint, int count, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[count * blueprint.inputShape().stream().reduce(1, Math::multiplyExact)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() - 0.5f;
        }
        return new ImageBatch(
                pixels,
                random.ints(count, 0, TinyNetworks.FINE).toArray(),
                random.ints(count, 0, TinyNetworks.COARSE).toArray());
    }
}

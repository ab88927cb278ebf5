package io.trialstream.trainer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import io.trialstream.trainer.training.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Learning, repeating, keeping, saving and going on; on one thread, by the bit. */
public interface TrainingConformance extends EngineUnderTest {

    double RATE = 0.002;

    @Test
    default void shouldTrainTheSameFromTheSameSeedsAndOtherwiseFromOthers() {
        List<BatchScore> once = curve(11, 1);

        assertThat(curve(11, 1)).isEqualTo(once);
        assertThat(curve(12, 1)).as("other weights").isNotEqualTo(once);
        assertThat(curve(11, 2)).as("other dropout").isNotEqualTo(once);
    }

    private List<BatchScore> curve(long weightSeed, long epochSeed) {
        List<BatchScore> scores = new ArrayList<>();
        try (EngineRun run = engine().build(network(), TrainingRecipe.of(OptimizerKind.NADAM), weightSeed)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                run.beginEpoch(epochSeed + epoch);
                scores.add(run.train(batch(12, epoch), RATE));
                scores.add(run.train(batch(12, epoch), RATE));
                scores.add(run.evaluate(batch(7, 9)));
            }
        }
        return scores;
    }

    /** Of equal weights and pictures, two batches one after the other lose other values. */
    @Test
    default void shouldDropOtherValuesInEachBatch() {
        try (EngineRun run = engine().build(network(), TrainingRecipe.of(OptimizerKind.NADAM), 1)) {
            run.beginEpoch(4);
            ImageBatch batch = batch(12, 1);

            BatchScore first = run.train(batch, 0);

            assertThat(run.train(batch, 0)).isNotEqualTo(first);
        }
    }

    @Test
    default void shouldEvaluateWithoutDropoutAndWithoutChangingAnything() {
        try (EngineRun run = engine().build(network(), TrainingRecipe.of(OptimizerKind.NADAM), 3)) {
            run.train(batch(8, 2), RATE);
            BatchScore first = run.evaluate(batch(8, 2));

            assertThat(run.evaluate(batch(8, 2))).isEqualTo(first);
        }
    }

    @Test
    default void shouldGoBackToKeptWeights() {
        try (EngineRun run = engine().build(network(), TrainingRecipe.of(OptimizerKind.NADAM), 3)) {
            ImageBatch batch = batch(8, 2);
            assertThatThrownBy(run::restoreKeptWeights).isInstanceOf(IllegalStateException.class);
            run.train(batch, RATE);
            run.keepWeights();
            BatchScore kept = run.evaluate(batch);
            run.train(batch, RATE);
            run.keepWeights();
            BatchScore keptLast = run.evaluate(batch);
            run.train(batch, RATE);
            assertThat(run.evaluate(batch)).isNotEqualTo(keptLast);

            run.restoreKeptWeights();

            assertThat(run.evaluate(batch)).isEqualTo(keptLast).isNotEqualTo(kept);
        }
    }

    @Test
    default void shouldTakeOnlyWeightsThatFit() {
        try (EngineRun run = engine().build(network(), TrainingRecipe.of(OptimizerKind.NADAM), 3)) {
            Map<String, Tensor> weights = run.weights();
            String first = weights.keySet().iterator().next();
            weights.remove(first);
            assertThatThrownBy(() -> run.setWeights(weights)).isInstanceOf(IllegalArgumentException.class);
            weights.put(first, new Tensor(List.of(1), new float[1]));
            assertThatThrownBy(() -> run.setWeights(weights)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Dropout, batch normalisation, every rule: the second half by another run, from other weights. */
    @ParameterizedTest
    @EnumSource(OptimizerKind.class)
    default void shouldGoOnFromASavedStateBitByBit(OptimizerKind kind) {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.SELU, true, 0.3, 0.001, 0.3);
        StateInMemory state = new StateInMemory();
        List<BatchScore> whole = new ArrayList<>();
        Map<String, Tensor> weights;
        try (EngineRun run = engine().build(blueprint, TrainingRecipe.of(kind), 1)) {
            epoch(run, 1);
            run.keepWeights();
            run.save(state);
            whole.addAll(epoch(run, 2));
            weights = run.weights();
            run.restoreKeptWeights();
            whole.add(run.evaluate(images(5, 9, TinyNetworks.IMAGE)));
        }
        try (EngineRun other = engine().build(blueprint, TrainingRecipe.of(kind), 99)) {
            other.restore(state, 3);

            List<BatchScore> rest = new ArrayList<>(epoch(other, 2));
            assertThat(other.weights()).allSatisfy((name, array) -> assertThat(array.values())
                    .as(name)
                    .isEqualTo(weights.get(name).values()));
            other.restoreKeptWeights();
            rest.add(other.evaluate(images(5, 9, TinyNetworks.IMAGE)));
            assertThat(rest).isEqualTo(whole);
        }
    }

    private static List<BatchScore> epoch(EngineRun run, int number) {
        run.beginEpoch(50 + number);
        List<BatchScore> scores = new ArrayList<>();
        for (int batch = 0; batch < 3; batch++) {
            scores.add(run.train(images(7, 10L * number + batch, TinyNetworks.IMAGE), RATE * (1 + batch)));
        }
        return scores;
    }

    @Test
    default void shouldRefuseAStateOfAnotherNetwork() {
        StateInMemory state = new StateInMemory();
        try (EngineRun run = engine().build(network(), TrainingRecipe.of(OptimizerKind.ADAM), 1)) {
            run.save(state);
        }
        NetworkBlueprint tiny = TinyNetworks.everyLayer(Activation.SELU, true, 0.3, 0.001, 0.3);
        try (EngineRun run = engine().build(tiny, TrainingRecipe.of(OptimizerKind.ADAM), 1)) {
            Map<String, Tensor> before = run.weights();
            assertThatThrownBy(() -> run.restore(state, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThat(run.weights()).allSatisfy((name, array) -> assertThat(array.values())
                    .as(name)
                    .isEqualTo(before.get(name).values()));
        }
    }

    /** 200 pictures of noise with labels by chance: nothing but learning by heart helps. */
    @Test
    default void shouldLearnTwoHundredImagesByHeart() {
        Map<String, Object> values = PublishedConfigurations.demo();
        values.put("pooling_type", "max");
        values.put("residual", null);
        values.put("first_conv", null);
        values.put("one_more_fc", null);
        values.put("nb_conv_pool_layers", 2);
        NetworkBlueprint blueprint =
                CnnBlueprint.of(CnnHyperparameters.from(withoutRegularisation(values)), 0.2, List.of(3, 16, 16), 20, 5);
        double reached = 0;
        try (EngineRun run = engine().build(blueprint, TrainingRecipe.of(OptimizerKind.ADAM), 1)) {
            for (int epoch = 1; epoch <= 60 && reached <= 0.99; epoch++) {
                run.beginEpoch(epoch);
                BatchScore total = BatchScore.none();
                for (int batch = 0; batch < 4; batch++) {
                    total = total.plus(run.train(images(50, batch, blueprint.inputShape(), 20, 5), 0.002));
                }
                reached = total.fine().accuracy();
            }
        }
        assertThat(reached).isGreaterThan(0.99);
    }

    private static Map<String, Object> withoutRegularisation(Map<String, Object> values) {
        values.put("l2_weight_reg_mult", 0.0);
        values.put("conv_dropout_drop_proba", 0.0);
        values.put("fc_dropout_drop_proba", 0.0);
        return values;
    }

    /** What all layers make of one batch is more than a megabyte: 100 batches of it must not show. */
    @Test
    @EnabledOnOs(OS.LINUX)
    default void shouldNotGrowWithTheBatchesItTrains() throws IOException {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.ELU, true, 0.3, 0.001, 0.3);
        try (EngineRun run = engine().build(blueprint, TrainingRecipe.of(OptimizerKind.NADAM), 1)) {
            ImageBatch batch = images(256, 1, TinyNetworks.IMAGE);
            train(run, batch, 50);
            long before = residentBytes();

            train(run, batch, 100);

            assertThat(residentBytes() - before).isLessThan(64L << 20);
        }
    }

    private static void train(EngineRun run, ImageBatch batch, int times) {
        run.beginEpoch(times);
        for (int i = 0; i < times; i++) {
            run.train(batch, RATE);
        }
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    }

    /** The seed's demo, very narrow. */
    private static NetworkBlueprint network() {
        return CnnBlueprint.of(CnnHyperparameters.from(PublishedConfigurations.demo()), 0.1, List.of(2, 16, 16), 7, 3);
    }

    private static ImageBatch batch(int size, long seed) {
        return images(size, seed, List.of(2, 16, 16), 7, 3);
    }

    private static ImageBatch images(int size, long seed, List<Integer> shape) {
        return images(size, seed, shape, TinyNetworks.FINE, TinyNetworks.COARSE);
    }

    private static ImageBatch images(int size, long seed, List<Integer> shape, int fine, int coarse) {
        Random random = new Random(seed);
        float[] pixels = new float[size * shape.stream().reduce(1, Math::multiplyExact)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() - 0.5f;
        }
        return new ImageBatch(
                pixels,
                random.ints(size, 0, fine).toArray(),
                random.ints(size, 0, coarse).toArray());
    }
}

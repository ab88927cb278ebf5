package io.trialstream.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The architectures of the space, very narrow, on small images: pooling x residual x batch normalisation x first
 * convolution x kernel x stages, with optimiser, activation and extra dense layer taking turns. Of the 432 so many are
 * built that any three of these choices, whatever is chosen, occur together; every fifth trains and evaluates a batch.
 */
class CombinationsIT {

    private static final List<Integer> IMAGE = List.of(3, 16, 16);

    private final Dl4jEngine engine = new Dl4jEngine();

    private static final List<String> CHOICES =
            List.of("pooling_type", "residual", "use_BN", "first_conv", "conv_kernel_size", "nb_conv_pool_layers");

    @Test
    void shouldBuildAnyThreeChoicesTogether() {
        List<Map<String, Object>> all = combinations();
        assertThat(all).hasSize(432);
        List<Map<String, Object>> combinations = covering(all);
        assertThat(combinations).hasSizeLessThan(80);
        for (int index = 0; index < combinations.size(); index++) {
            CnnHyperparameters parameters = CnnHyperparameters.from(combinations.get(index));
            NetworkBlueprint blueprint = CnnBlueprint.of(parameters, 0.05, IMAGE, 10, 2);
            try (EngineRun run = engine.build(blueprint, TrainingRecipe.of(parameters.optimizer()), index)) {
                if (index % 5 == 0) {
                    assertThat(run.train(batch(index), 0.001).isFinite())
                            .as("%s", combinations.get(index))
                            .isTrue();
                    assertThat(run.evaluate(batch(index)).isFinite())
                            .as("%s", combinations.get(index))
                            .isTrue();
                }
            }
        }
    }

    /** Again and again the combination, the first of equals, that has the most triples which none before it had. */
    private static List<Map<String, Object>> covering(List<Map<String, Object>> all) {
        Set<List<Object>> missing = new HashSet<>();
        all.forEach(combination -> missing.addAll(triples(combination)));
        List<Map<String, Object>> chosen = new ArrayList<>();
        while (!missing.isEmpty()) {
            Map<String, Object> best = all.stream()
                    .max(Comparator.comparingLong(combination -> triples(combination).stream()
                            .filter(missing::contains)
                            .count()))
                    .orElseThrow();
            triples(best).forEach(missing::remove);
            chosen.add(best);
        }
        return chosen;
    }

    private static List<List<Object>> triples(Map<String, Object> combination) {
        List<List<Object>> triples = new ArrayList<>();
        for (int a = 0; a < CHOICES.size(); a++) {
            for (int b = 0; b < a; b++) {
                for (int c = 0; c < b; c++) {
                    triples.add(Arrays.asList(
                            a, combination.get(CHOICES.get(a)),
                            b, combination.get(CHOICES.get(b)),
                            c, combination.get(CHOICES.get(c))));
                }
            }
        }
        return triples;
    }

    private static List<Map<String, Object>> combinations() {
        List<Map<String, Object>> combinations = new ArrayList<>();
        for (String pooling : List.of("max", "avg", "all_conv", "inception")) {
            for (Integer residual : Arrays.asList(null, 1, 3)) {
                for (boolean batchNorm : List.of(false, true)) {
                    for (Integer first : Arrays.asList(null, 3, 4)) {
                        for (int kernel = 2; kernel <= 4; kernel++) {
                            for (int stages = 2; stages <= 3; stages++) {
                                combinations.add(combination(
                                        combinations.size(), pooling, residual, batchNorm, first, kernel, stages));
                            }
                        }
                    }
                }
            }
        }
        return combinations;
    }

    private static Map<String, Object> combination(
            int index, String pooling, Integer residual, boolean batchNorm, Integer first, int kernel, int stages) {
        Map<String, Object> values = PublishedConfigurations.demo();
        values.put("pooling_type", pooling);
        values.put("residual", residual);
        values.put("use_BN", batchNorm);
        values.put("first_conv", first);
        values.put("conv_kernel_size", kernel);
        values.put("res_conv_kernel_size", 2 + index % 3);
        values.put("nb_conv_pool_layers", stages);
        values.put("conv_pool_res_start_idx", index / 3 % 3);
        values.put("optimizer", List.of("Adam", "Nadam", "RMSprop").get(index % 3));
        values.put("activation", List.of("relu", "elu", "selu").get(index / 3 % 3));
        values.put("one_more_fc", index % 2 == 0 ? null : (Object) 1.2);
        return values;
    }

    private static ImageBatch batch(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[6 * 3 * 16 * 16];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() - 0.5f;
        }
        return new ImageBatch(
                pixels, random.ints(6, 0, 10).toArray(), random.ints(6, 0, 2).toArray());
    }
}

package io.trialstream.tpe;

import static io.trialstream.tpe.GoldenFiles.number;
import static io.trialstream.tpe.GoldenFiles.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.space.Distribution;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The estimators against Hyperopt's own figures. */
class HyperoptGoldenTest {
    private static final double TOLERANCE = 1e-9;

    private Stream<DynamicTest> eachCase(String array, Consumer<JsonNode> check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (GoldenFiles.Golden golden : GoldenFiles.matching("hyperopt")) {
            int[] place = {0};
            golden.cases(array)
                    .forEach(node -> tests.add(dynamicTest(
                            golden + " " + array + "[" + place[0]++ + "] "
                                    + node.path("name").asText(),
                            () -> check.accept(node))));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> shouldFitTheAdaptiveParzenEstimator() {
        return eachCase("adaptive_parzen_normal", node -> {
            NormalMixture mixture = NormalMixture.adaptive(
                    numbers(node.get("obs")),
                    node.get("prior_weight").asDouble(),
                    node.get("prior_mu").asDouble(),
                    node.get("prior_sigma").asDouble(),
                    node.get("LF").asInt());

            assertThat(mixture.weights()).containsExactly(numbers(node.get("weights")), within(TOLERANCE));
            assertThat(mixture.mus()).containsExactly(numbers(node.get("mus")), within(TOLERANCE));
            assertThat(mixture.sigmas()).containsExactly(numbers(node.get("sigmas")), within(TOLERANCE));
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldWeighByAge() {
        return eachCase("linear_forgetting_weights", node -> assertThat(
                        AgeWeights.of(node.get("N").asInt(), node.get("LF").asInt()))
                .containsExactly(numbers(node.get("w")), within(TOLERANCE)));
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheDensityOfTruncatedAndRoundedNormals() {
        return eachCase("GMM1_lpdf", node -> {
            double low = number(node.get("low"), Double.NEGATIVE_INFINITY);
            double high = number(node.get("high"), Double.POSITIVE_INFINITY);
            double priorMu = number(node.get("prior_mu"), 0.5);
            double priorSigma = number(node.get("prior_sigma"), 1);

            assertDensities(node, priorMu, priorSigma, false, low, high);
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheDensityOfLognormals() {
        return eachCase("LGMM1_lpdf", node -> {
            double low = number(node.get("low_log"), Double.NEGATIVE_INFINITY);
            double high = number(node.get("high_log"), Double.POSITIVE_INFINITY);
            double priorMu = number(node.get("prior_mu"), 0.5 * (low + high));
            double priorSigma = number(node.get("prior_sigma"), high - low);

            assertDensities(node, priorMu, priorSigma, true, low, high);
        });
    }

    private static void assertDensities(
            JsonNode node, double priorMu, double priorSigma, boolean logarithmic, double low, double high) {
        double[] observations = Arrays.stream(numbers(node.get("obs")))
                .map(value -> logarithmic ? Math.log(value) : value)
                .toArray();
        NormalMixture mixture =
                NormalMixture.adaptive(observations, number(node.get("prior_weight"), 1), priorMu, priorSigma, (int)
                        number(node.get("LF"), 25));
        Posterior posterior = new NumericPosterior(mixture, logarithmic, low, high, number(node.get("q"), 0));

        double[] actual =
                Arrays.stream(numbers(node.get("x"))).map(posterior::logDensity).toArray();
        assertThat(actual).containsExactly(numbers(node.get("lpdf")), within(TOLERANCE));
    }

    @TestFactory
    Stream<DynamicTest> shouldTakeAsManyAsTheBest() {
        return eachCase("n_below", node -> assertThat(Split.hyperoptBelow(
                        node.get("N").asInt(), number(node.get("gamma"), 0.25), (int) number(node.get("LF"), 25)))
                .isEqualTo(node.get("n_below").asInt()));
    }

    @TestFactory
    Stream<DynamicTest> shouldSplitTheTrialsAmongWhichTheParameterIsActive() {
        SearchSpace space = SearchSpace.read(
                Map.of("c", Map.of("choice", List.of("without", Map.of("label", "v", "uniform", List.of(-1e6, 1e6))))),
                GridPolicy.EXACT);
        return eachCase("ap_split_trials", node -> {
            double[] losses = numbers(node.get("l_vals"));
            List<Double> active =
                    Arrays.stream(numbers(node.get("o_idxs"))).boxed().toList();
            double[] values = numbers(node.get("o_vals"));
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < losses.length; i++) {
                int place = active.indexOf((double) i);
                var configuration = space.draw(p -> p.label().equals("v") ? values[place] : place < 0 ? 0 : 1);
                trials.add(new Trial(
                        i,
                        configuration,
                        Double.isInfinite(losses[i])
                                ? Optional.empty()
                                : Optional.of(Observation.completed(i, configuration, losses[i]))));
            }

            Split split = Split.hyperopt(trials, node.get("gamma").asDouble(), (int) number(node.get("LF"), 25));

            assertThat(Trial.column(split.below(), 1)).containsExactly(numbers(node.get("below")));
            assertThat(Trial.column(split.above(), 1)).containsExactly(numbers(node.get("above")));
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheProbabilitiesOfOptions() {
        return eachCase("categorical", node -> {
            double[] expected = numbers(node.get("p"));
            Distribution prior = prior(node);

            DiscretePosterior posterior = new DiscretePosterior(
                    numbers(node.get("obs")), number(node.get("prior_weight"), 1), prior, expected.length, (int)
                            number(node.get("LF"), 25));

            double[] actual = new double[expected.length];
            Arrays.setAll(actual, posterior::probability);
            assertThat(actual).containsExactly(expected, within(TOLERANCE));
        });
    }

    private static Distribution prior(JsonNode node) {
        Object tree = node.has("prior")
                ? Map.of(
                        "pchoice",
                        Arrays.stream(numbers(node.get("prior")))
                                .mapToObj(p -> List.of(p, p))
                                .toList())
                : Map.of("randint", List.of(node.get("n").asInt()));
        return SearchSpace.read(Map.of("p", tree), GridPolicy.EXACT)
                .parameters()
                .get(0)
                .distribution();
    }
}

package io.trialstream.tpe;

import static io.trialstream.tpe.GoldenFiles.number;
import static io.trialstream.tpe.GoldenFiles.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.Parameter;
import io.trialstream.space.SearchSpace;
import io.trialstream.space.StandardNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The estimators against the figures of Optuna v4.0.0 and v5.0.0-rc1. */
class OptunaGoldenTest {
    private static final double TOLERANCE = 1e-9;
    private static final double FAR_TAIL = 1e-7;

    /** The parameters of fixtures that do not declare theirs. */
    private static final SearchSpace SPACE = SearchSpace.read(
            Map.of(
                    "u", Map.of("uniform", List.of(0, 1)),
                    "lg", Map.of("loguniform", List.of(Math.log(1e-4), Math.log(1e-1))),
                    "st", Map.of("quniform", List.of(0, 1, 0.25)),
                    "i", Map.of("uniformint", List.of(1, 10)),
                    "il", Map.of("qloguniform", List.of(0, Math.log(64), 1)),
                    "c", Map.of("choice", List.of("a", "b", "c"))),
            GridPolicy.EXACT);

    private interface Check {
        void accept(JsonNode node, boolean version5, SearchSpace space);
    }

    private Stream<DynamicTest> eachCase(String array, Check check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (String version : List.of("v4", "v5")) {
            for (GoldenFiles.Golden golden : GoldenFiles.matching(version)) {
                int[] place = {0};
                SearchSpace space = space(golden.content().path("distributions"));
                golden.cases(array)
                        .forEach(node -> tests.add(dynamicTest(
                                golden + " " + array + "[" + place[0]++ + "]",
                                () -> check.accept(node, version.equals("v5"), space))));
            }
        }
        return tests.stream();
    }

    private static SearchSpace space(JsonNode distributions) {
        if (distributions.isMissingNode()) {
            return SPACE;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        distributions.properties().forEach(entry -> tree.put(entry.getKey(), expression(entry.getValue())));
        return SearchSpace.read(tree, GridPolicy.EXACT);
    }

    private static Map<String, Object> expression(JsonNode node) {
        if (node.get("type").asText().equals("categorical")) {
            return Map.of(
                    "choice",
                    IntStream.range(0, node.get("choices").asInt()).boxed().toList());
        }
        double low = node.get("low").asDouble();
        double high = node.get("high").asDouble();
        double step = number(node.get("step"), 0);
        String family = node.get("log").asBoolean() ? "loguniform" : "uniform";
        List<Double> bounds = node.get("log").asBoolean() ? List.of(Math.log(low), Math.log(high)) : List.of(low, high);
        return step == 0 ? Map.of(family, bounds) : Map.of("q" + family, List.of(bounds.get(0), bounds.get(1), step));
    }

    @TestFactory
    Stream<DynamicTest> shouldFitTheParzenEstimator() {
        return eachCase("parzen", (node, version5, space) -> {
            List<String> keys = new ArrayList<>();
            node.get("keys").forEach(key -> keys.add(key.asText()));
            List<Parameter> parameters =
                    keys.stream().map(key -> space.parameter(key).orElseThrow()).toList();
            List<double[]> columns =
                    keys.stream().map(key -> numbers(node.get("obs").get(key))).toList();
            Bandwidth bandwidth = version5
                    ? Bandwidth.NEIGHBOURS
                    : node.get("multivariate").asBoolean() ? Bandwidth.SHRINKING : Bandwidth.NEIGHBOURS_AND_PRIOR;

            JsonNode special = node.path("settings");
            ParzenSettings settings = new ParzenSettings(
                    special.path("prior_weight").asDouble(1),
                    25,
                    bandwidth,
                    special.path("endpoints").asBoolean(false),
                    special.path("magic_clip").asBoolean(true),
                    version5);

            ProductMixture mixture = settings.fit(parameters, columns);

            assertThat(mixture.weights()).containsExactly(numbers(node.get("weights")), within(TOLERANCE));
            List<Kernels> theirs = new ArrayList<>();
            for (int d = 0; d < keys.size(); d++) {
                JsonNode expected = node.get("dists").get(keys.get(d));
                theirs.add(assertKernels(mixture.dimensions().get(d), expected, parameters.get(d), settings));
            }
            assertThat(densities(node, keys, ProductMixture.of(mixture.weights(), theirs)))
                    .containsExactly(numbers(node.get("log_pdf")), within(TOLERANCE));
        });
    }

    /**
     * Which of several equal observations has which neighbour is left open by numpy's unstable sort (it differs between
     * processors), so widths are compared in sorted order within equal observations. Returns the kernels in the order
     * of the fixture.
     */
    private static Kernels assertKernels(
            Kernels kernels, JsonNode expected, Parameter parameter, ParzenSettings settings) {
        if (kernels instanceof NormalKernels normal) {
            double[] mus = numbers(expected.get("mu"));
            double[] sigmas = numbers(expected.get("sigma"));
            assertThat(normal.mus()).containsExactly(mus, within(TOLERANCE));
            Axis axis = Axis.of(parameter.distribution());
            // In v4 the prior's centre takes part in the ties, and the width that falls to it is not used.
            double centre = settings.bandwidth() == Bandwidth.NEIGHBOURS_AND_PRIOR ? axis.centre() : Double.NaN;
            assertThat(sortedWithinTies(mus, normal.sigmas(), centre))
                    .containsExactly(sortedWithinTies(mus, sigmas, centre), within(TOLERANCE));
            for (double width : widthsAt(centre, mus, sigmas)) {
                assertThat(clippedGapsAt(centre, axis, mus, settings))
                        .usingComparatorWithPrecision(TOLERANCE)
                        .contains(width);
            }
            return new NormalKernels(axis, mus, sigmas, settings.cells(axis), 1);
        }
        JsonNode rows = expected.get("cat_weights");
        for (int kernel = 0; kernel < rows.size(); kernel++) {
            double[] row = numbers(rows.get(kernel));
            for (int option = 0; option < row.length; option++) {
                assertThat(((CategoricalKernels) kernels).probability(kernel, option))
                        .isCloseTo(row[option], within(TOLERANCE));
            }
        }
        return kernels;
    }

    /** Sums of decimals differ in their last bits. */
    private static boolean same(double a, double b) {
        return Math.abs(a - b) <= TOLERANCE;
    }

    private static double[] widthsAt(double centre, double[] mus, double[] sigmas) {
        return IntStream.range(0, mus.length - 1)
                .filter(i -> same(mus[i], centre))
                .mapToDouble(i -> sigmas[i])
                .toArray();
    }

    private static double[] clippedGapsAt(double centre, Axis axis, double[] mus, ParzenSettings settings) {
        double[] gaps = Bandwidth.gaps(mus, axis, settings.endpoints());
        double narrowest = settings.magicClip() ? axis.range() / Math.min(100, mus.length + 1) : 1e-12;
        return IntStream.range(0, mus.length)
                .filter(i -> same(mus[i], centre))
                .mapToDouble(i -> Math.min(Math.max(gaps[i], narrowest), axis.range()))
                .toArray();
    }

    private static double[] sortedWithinTies(double[] mus, double[] sigmas, double except) {
        return IntStream.range(0, mus.length)
                .filter(i -> !same(mus[i], except))
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> Math.rint(mus[i] / TOLERANCE))
                        .thenComparingDouble(i -> sigmas[i]))
                .mapToDouble(i -> sigmas[i])
                .toArray();
    }

    private static double[] densities(JsonNode node, List<String> keys, ProductMixture mixture) {
        int points = node.get("log_pdf").size();
        return IntStream.range(0, points)
                .mapToDouble(point -> mixture.logDensity(keys.stream()
                        .mapToDouble(key -> node.get("x").get(key).get(point).asDouble())
                        .toArray()))
                .toArray();
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheMassOfFarIntervals() {
        List<DynamicTest> tests = new ArrayList<>();
        for (GoldenFiles.Golden golden : GoldenFiles.matching("_v")) {
            JsonNode node = golden.content().path("log_gauss_mass");
            double[] from = numbers(node.path("a"));
            double[] to = numbers(node.path("b"));
            double[] expected = numbers(node.path("v"));
            for (int i = 0; i < from.length; i++) {
                int place = i;
                tests.add(dynamicTest(golden + " log_gauss_mass[" + i + "]", () -> assertThat(
                                StandardNormal.logMass(from[place], to[place]))
                        .isCloseTo(expected[place], within(TOLERANCE))));
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> shouldInvertTruncatedNormals() {
        return eachCase("truncnorm_ppf", (node, version5, space) -> {
            double[] actual = Arrays.stream(numbers(node.get("q")))
                    .map(q -> StandardNormal.truncatedQuantile(
                            q, node.get("a").asDouble(), node.get("b").asDouble()))
                    .toArray();

            assertThat(actual).containsExactly(numbers(node.get("x")), within(FAR_TAIL));
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldTakeAsManyAsTheBest() {
        return eachCase("default_gamma", (node, version5, space) -> assertThat(
                        OptunaSampler.Options.read(new Settings(Map.of()), version5)
                                .below(node.get("N").asInt()))
                .isEqualTo(node.get("n_below").asInt()));
    }
}

package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EdgeCasesTest {
    private static final SearchSpace MIXED = SearchSpace.read(
            Map.of(
                    "u", Map.of("uniform", List.of(0, 1)),
                    "q", Map.of("quniform", List.of(1, 5, 1)),
                    "li", Map.of("qloguniform", List.of(0, 4, 1)),
                    "one", Map.of("choice", List.of("only")),
                    "fixed", Map.of("quniform", List.of(0.6, 1.4, 1)),
                    "c", Map.of("choice", List.of("a", Map.of("label", "deep", "normal", List.of(0, 1))))),
            GridPolicy.EXACT);

    static Stream<String> models() {
        return Samplers.TYPES.stream().filter(type -> !type.equals("random"));
    }

    private static Sampler sampler(String type, SearchSpace space) {
        return Samplers.create(Map.of("type", type, "startupTrials", 0), space, 0);
    }

    private static Configuration mixed(double u, int option) {
        return MIXED.draw(p -> switch (p.label()) {
            case "u" -> u;
            case "q" -> 3;
            case "li" -> 1;
            case "c" -> option;
            case "fixed" -> 1;
            default -> 0;
        });
    }

    private static Evidence evidence(int n, IntToDoubleFunction loss, IntToDoubleFunction u) {
        Evidence evidence = Evidence.empty();
        for (int i = 0; i < n; i++) {
            evidence = evidence.with(Observation.completed(i, mixed(u.applyAsDouble(i), 0), loss.applyAsDouble(i)));
        }
        return evidence;
    }

    private static void assertSuggests(Sampler sampler, Evidence evidence) {
        for (int number = 1000; number < 1003; number++) {
            Suggestion suggestion = sampler.suggest(new SuggestionRequest(3, number, evidence));
            assertThat(suggestion).isInstanceOf(Suggestion.Suggested.class);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldCopeWithFewOrEqualOrExtremeObservations(String type) {
        Sampler sampler = sampler(type, MIXED);
        for (int n : new int[] {0, 1, 2, 25, 26, 27, 120}) {
            assertSuggests(sampler, evidence(n, i -> i, i -> (i + 1) / (n + 2.0)));
            assertSuggests(sampler, evidence(n, i -> 7, i -> 0.5));
            assertSuggests(sampler, evidence(n, i -> -i, i -> i % 2));
            assertSuggests(sampler, evidence(n, i -> i * 1e300, i -> 1e-300 * i));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldCopeWithNothingButFailedOrPrunedTrials(String type) {
        Sampler sampler = sampler(type, MIXED);
        Evidence infeasible = Evidence.empty();
        Evidence silent = Evidence.empty();
        Evidence pending = Evidence.empty();
        for (int i = 0; i < 30; i++) {
            infeasible = infeasible.with(Observation.infeasible(i, mixed(i / 30.0, 0)));
            silent = silent.with(Observation.pruned(i, mixed(i / 30.0, 0), Double.NaN, -1));
            pending = pending.withPending(i, mixed(i / 30.0, 0));
        }

        assertSuggests(sampler, infeasible);
        assertSuggests(sampler, silent);
        assertSuggests(sampler, pending);
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldDrawAConditionalParameterThatWasNeverObservedFromThePrior(String type) {
        SearchSpace space = SearchSpace.read(
                Map.of("c", Map.of("choice", List.of("a", Map.of("label", "deep", "normal", List.of(0, 1))))),
                GridPolicy.EXACT);
        Sampler sampler = sampler(type, space);
        Configuration shallow = space.configuration(Map.of("c", "a"));
        Evidence evidence = Evidence.empty();
        for (int i = 0; i < 20; i++) {
            evidence = evidence.with(Observation.completed(i, shallow, i));
        }
        List<Double> deep = new ArrayList<>();
        for (int number = 100; number < 140; number++) {
            Suggestion suggestion = sampler.suggest(new SuggestionRequest(1, number, evidence));
            Configuration c = ((Suggestion.Suggested) suggestion).configuration();
            c.assignment().number("deep").ifPresent(deep::add);
        }

        assertThat(deep).hasSize(40);
        assertThat(Collections.min(deep)).isLessThan(0);
        assertThat(Collections.max(deep)).isGreaterThan(0);
    }

    @Test
    void shouldRefuseLossesThatAreNotFinite() {
        for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> Observation.completed(1, mixed(0.5, 0), loss))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(loss));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldFallBackToThePriorWhenEveryCandidateHasBeenTried(String type) {
        SearchSpace space = SearchSpace.read(
                Map.of("a", Map.of("randint", 40), "b", Map.of("choice", List.of(1, 2))), GridPolicy.EXACT);
        Sampler sampler = sampler(type, space);
        Evidence evidence = Evidence.empty();
        Set<String> tried = new TreeSet<>();
        for (int number = 0; number < 80; number++) {
            Suggestion suggestion = sampler.suggest(new SuggestionRequest(7, number, evidence));
            Configuration configuration = ((Suggestion.Suggested) suggestion).configuration();
            tried.add(configuration.key());
            evidence = evidence.with(Observation.completed(number, configuration, configuration.number(0) % 5));
        }

        assertThat(tried).hasSize(80);
        assertThat(sampler.suggest(new SuggestionRequest(7, 80, evidence))).isEqualTo(new Suggestion.SpaceExhausted());
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldLearnFromTrialsOfAnEarlierVersionOfTheSpace(String type) {
        SearchSpace wide = SearchSpace.read(
                Map.of("a", Map.of("uniform", List.of(0, 9)), "b", Map.of("uniform", List.of(0, 1))), GridPolicy.EXACT);
        SearchSpace narrow = SearchSpace.read(
                Map.of("a", Map.of("uniform", List.of(0, 3)), "b", Map.of("uniform", List.of(0, 1))), GridPolicy.EXACT);
        Evidence evidence = RandomSpaces.evidence(wide, 40, 2);
        assertThatThrownBy(() -> assertSuggests(sampler(type, narrow), evidence))
                .hasMessageContaining("another search space");
        Evidence projected = Evidence.empty();
        for (Observation o : evidence.observations()) {
            projected = projected.with(new Observation(
                    o.trialNumber(), o.kind(), narrow.project(o.configuration().assignment()), o.loss(), o.lastStep()));
        }

        assertSuggests(sampler(type, narrow), projected);
    }

    @Test
    void shouldRepeatWhereRepeatsAreAllowed() {
        SearchSpace space = SearchSpace.read(Map.of("a", Map.of("randint", 3)), GridPolicy.EXACT);
        Map<String, Object> settings = Map.of("type", "tree-tpe", "deduplicate", false, "startupTrials", 1);
        Sampler sampler = Samplers.create(settings, space, 0);
        Evidence evidence = Evidence.empty();
        for (int number = 0; number < 20; number++) {
            Suggestion suggestion = sampler.suggest(new SuggestionRequest(7, number, evidence));
            Configuration configuration = ((Suggestion.Suggested) suggestion).configuration();
            evidence = evidence.with(Observation.completed(number, configuration, configuration.number(0)));
        }

        assertThat(evidence.size()).isEqualTo(20);
    }

    @Test
    void shouldSurviveMixturesThatUnderflow() {
        SearchSpace space = SearchSpace.read(Map.of("n", Map.of("normal", List.of(0, 1))), GridPolicy.EXACT);
        Evidence evidence = Evidence.empty();
        for (int i = 0; i < 30; i++) {
            Configuration far = space.configuration(Map.of("n", (i % 2 == 0 ? 1 : -1) * 1e6 * (i + 1)));
            evidence = evidence.with(Observation.completed(i, far, i));
        }
        for (String type : models().toList()) {
            Suggestion suggestion = sampler(type, space).suggest(new SuggestionRequest(5, 40, evidence));
            assertThat(((Suggestion.Suggested) suggestion).configuration().number(0))
                    .isFinite();
        }
    }

    @Test
    void shouldNotLetPendingTrialsEndTheStartupExceptInHyperopt() {
        Evidence pending = Evidence.empty();
        for (int i = 0; i < 50; i++) {
            pending = pending.withPending(i, mixed(i / 50.0, 0));
        }
        for (String type : models().toList()) {
            Suggestion.Suggested suggested = (Suggestion.Suggested)
                    Samplers.create(Map.of("type", type), MIXED, 0).suggest(new SuggestionRequest(1, 50, pending));
            assertThat(suggested.origin()).as(type).isEqualTo(type.equals("hyperopt") ? Origin.MODEL : Origin.STARTUP);
        }
    }

    @Test
    void shouldStayAwayFromWhatIsPending() {
        SearchSpace line = SearchSpace.read(Map.of("x", Map.of("uniform", List.of(0, 1))), GridPolicy.EXACT);
        Sampler sampler = Samplers.create(Map.of("type", "tree-tpe", "pendingWeight", 1), line, 0);
        Evidence evidence = Evidence.empty();
        for (int i = 0; i < 40; i++) {
            double x = (i + 0.5) / 40;
            evidence = evidence.with(Observation.completed(i, line.configuration(Map.of("x", x)), Math.abs(x - 0.3)));
        }
        Evidence crowded = evidence;
        for (int i = 0; i < 30; i++) {
            crowded = crowded.withPending(100 + i, line.configuration(Map.of("x", 0.28 + i / 750.0)));
        }

        assertThat(meanDistance(sampler, crowded)).isGreaterThan(1.5 * meanDistance(sampler, evidence));
    }

    private static double meanDistance(Sampler sampler, Evidence evidence) {
        double sum = 0;
        for (int number = 200; number < 300; number++) {
            Suggestion suggestion = sampler.suggest(new SuggestionRequest(4, number, evidence));
            sum += Math.abs(((Suggestion.Suggested) suggestion).configuration().number(0) - 0.3) / 100;
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldCopeWhenAllThatIsBadIsPending(String type) {
        Evidence evidence = Evidence.empty();
        for (int i = 0; i < 5; i++) {
            evidence = evidence.withPending(i, mixed((i + 1) / 10.0, 0));
        }
        evidence = evidence.with(Observation.completed(9, mixed(0.9, 1), 1));

        assertSuggests(sampler(type, MIXED), evidence);
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldCopeWithObservationsFarOutsideAKernelsBounds(String type) {
        SearchSpace narrow = SearchSpace.read(
                Map.of("x", Map.of("quniform", List.of(0, 1, 0.001)), "n", Map.of("normal", List.of(0, 0.001))),
                GridPolicy.HYPEROPT);
        Evidence evidence = Evidence.empty();
        for (int i = 0; i < 40; i++) {
            Configuration far = narrow.configuration(Map.of("x", i % 2, "n", i % 3 == 0 ? 0.04 : -0.04));
            evidence = evidence.with(Observation.completed(i, far, i % 5));
        }

        assertSuggests(sampler(type, narrow), evidence);
    }

    @Test
    void shouldIntegrateToOneOverTheTree() {
        SearchSpace space = SearchSpace.read(
                Map.of(
                        "c",
                                Map.of(
                                        "choice",
                                        List.of(
                                                "none",
                                                Map.of("label", "u", "uniform", List.of(-1, 2)),
                                                Map.of("label", "q", "qloguniform", List.of(0, 3, 1)))),
                        "r", Map.of("randint", 3)),
                GridPolicy.EXACT);
        TreeTpeSampler sampler = (TreeTpeSampler) Samplers.create(Map.of("type", "tree-tpe"), space, 0);
        Evidence evidence = RandomSpaces.evidence(space, 60, 5);
        TreeTpeSampler.Densities densities = sampler.densities(evidence);

        for (TreeDensity density : List.of(densities.good(), densities.bad())) {
            double sum = 0;
            for (int r = 0; r < 3; r++) {
                for (int k = 1; k <= 20; k++) {
                    sum += Math.exp(density.logDensity(point(space, r, 2, k)));
                }
                sum += Math.exp(density.logDensity(point(space, r, 0, 0)));
                for (int i = 0; i < 3000; i++) {
                    sum += 0.001 * Math.exp(density.logDensity(point(space, r, 1, -1 + (i + 0.5) / 1000)));
                }
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
    }

    private static Configuration point(SearchSpace space, int r, int option, double leaf) {
        return space.draw(p -> p.label().equals("r") ? r : p.label().equals("c") ? option : leaf);
    }
}

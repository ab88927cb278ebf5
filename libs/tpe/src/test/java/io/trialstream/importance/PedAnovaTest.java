package io.trialstream.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import io.trialstream.tpe.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PedAnovaTest {
    private static final SearchSpace SPACE = SearchSpace.read(
            Map.of(
                    "rate", Map.of("loguniform", List.of(-7, 0)),
                    "depth", Map.of("quniform", List.of(1, 9, 1)),
                    "noise", Map.of("normal", List.of(0, 1)),
                    "optimizer",
                            Map.of(
                                    "choice",
                                    List.of("adam", "sgd", Map.of("label", "momentum", "uniform", List.of(0, 1)))),
                    "only", Map.of("choice", List.of("one"))),
            GridPolicy.EXACT);

    private static List<Observation> observations(ToDoubleFunction<Configuration> loss) {
        SplittableRandom random = new SplittableRandom(8);
        List<Observation> observations = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            Configuration configuration = SPACE.sample(random);
            observations.add(Observation.completed(number, configuration, loss.applyAsDouble(configuration)));
        }
        return observations;
    }

    private static double number(Configuration c, String label) {
        return c.assignment().number(label).orElse(0);
    }

    private static List<ParameterImportance> evaluate(ToDoubleFunction<Configuration> loss) {
        return PedAnova.evaluate(SPACE, observations(loss), PedAnova.QUANTILE);
    }

    private static double share(List<ParameterImportance> importances, String label) {
        return importances.stream()
                .filter(i -> i.label().equals(label))
                .findFirst()
                .orElseThrow()
                .share();
    }

    @Test
    void shouldRankParametersByWhatTheyDecide() {
        List<ParameterImportance> importances =
                evaluate(c -> Math.pow(Math.log(number(c, "rate")) + 4, 2) + 0.3 * Math.abs(number(c, "depth") - 4));

        assertThat(importances).extracting(ParameterImportance::label).startsWith("rate", "depth");
        assertThat(importances.stream().mapToDouble(ParameterImportance::share).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(share(importances, "rate")).isGreaterThan(1.5 * share(importances, "depth"));
        assertThat(share(importances, "noise")).isLessThan(0.1);
        assertThat(share(importances, "only")).isZero();
    }

    @Test
    void shouldTellAChoiceFromWhatItGates() {
        SplittableRandom chance = new SplittableRandom(4);
        List<ParameterImportance> gate =
                evaluate(c -> (number(c, "optimizer") == 2 ? 0 : 1) + 0.1 * chance.nextDouble());
        List<ParameterImportance> leaf = evaluate(
                c -> number(c, "optimizer") == 2 ? number(c, "momentum") * 4 - 2 : 0.3 + 0.1 * chance.nextDouble());

        assertThat(gate.get(0).label()).isEqualTo("optimizer");
        assertThat(share(gate, "momentum")).isLessThan(0.1);
        assertThat(share(leaf, "momentum")).isGreaterThan(0.2);
    }

    @Test
    void shouldCountInfeasibleTrialsAsTheWorst() {
        List<Observation> observations = new ArrayList<>();
        for (Observation seen : observations(c -> number(c, "noise"))) {
            observations.add(
                    number(seen.configuration(), "depth") > 3
                            ? Observation.infeasible(seen.trialNumber(), seen.configuration())
                            : seen);
        }

        assertThat(PedAnova.evaluate(SPACE, observations, 0.2).get(0).label()).isIn("depth", "noise");
        assertThat(share(PedAnova.evaluate(SPACE, observations, 0.2), "depth")).isGreaterThan(0.3);
    }

    @Test
    void shouldSayNothingFromNothing() {
        assertThat(PedAnova.evaluate(SPACE, List.of(), 0.1))
                .hasSize(6)
                .allMatch(i -> i.share() == 0 && i.trials() == 0);
        assertThat(PedAnova.evaluate(SPACE, observations(c -> 0).subList(0, 2), 0.1))
                .allMatch(i -> i.share() == 0);
        assertThatThrownBy(() -> PedAnova.evaluate(SPACE, List.of(), 1)).hasMessageContaining("quantile");
    }
}

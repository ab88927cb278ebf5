package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SamplersTest {
    private static final SearchSpace SPACE =
            SearchSpace.read(Map.of("x", Map.of("uniform", List.of(0, 1))), GridPolicy.EXACT);
    static final List<String> TYPES = Samplers.TYPES;

    private static List<String> problems(Map<String, Object> settings) {
        try {
            Samplers.create(settings, SPACE, 100);
            return List.of();
        } catch (InvalidSamplerException e) {
            return e.problems().stream().map(p -> p.path() + " " + p.code()).toList();
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void shouldMakeEverySampler(String type) {
        assertThat(Samplers.create(Map.of("type", type, "seed", 42), SPACE, 100).type())
                .isEqualTo(type);
    }

    @Test
    void shouldNameTheSettingThatIsWrong() {
        assertThat(problems(Map.of())).containsExactly("sampler.type MISSING_FIELD");
        assertThat(problems(Map.of("type", 3))).containsExactly("sampler.type WRONG_TYPE");
        assertThat(problems(Map.of("type", "tpe"))).containsExactly("sampler.type UNKNOWN_SAMPLER");
        assertThat(problems(Map.of("type", "random", "gamma", 1))).containsExactly("sampler.gamma UNKNOWN_FIELD");
        assertThat(problems(Map.of(
                        "type",
                        "tree-tpe",
                        "gamma",
                        "x",
                        "candidates",
                        0,
                        "startupTrials",
                        1.5,
                        "deduplicate",
                        "no",
                        "goodWeights",
                        "ei")))
                .containsExactlyInAnyOrder(
                        "sampler.gamma NOT_A_NUMBER",
                        "sampler.candidates OUT_OF_RANGE",
                        "sampler.startupTrials NOT_AN_INTEGER",
                        "sampler.deduplicate WRONG_TYPE",
                        "sampler.goodWeights UNKNOWN_VALUE");
    }

    @Test
    void shouldBoundEveryCountSoThatTimeAndMemoryAreBounded() {
        for (String type : List.of("hyperopt", "optuna4", "optuna5", "tree-tpe")) {
            for (String count : List.of("candidates", "startupTrials", "linearForgetting")) {
                assertThat(problems(Map.of("type", type, count, 1_000_000_000)))
                        .containsExactly("sampler." + count + " OUT_OF_RANGE");
                assertThat(problems(Map.of("type", type, count, 1e30)))
                        .containsExactly("sampler." + count + " OUT_OF_RANGE");
            }
        }
        assertThat(problems(Map.of("type", "tree-tpe", "gammaCap", 100_001, "thinAbove", 100_001)))
                .containsExactlyInAnyOrder("sampler.gammaCap OUT_OF_RANGE", "sampler.thinAbove OUT_OF_RANGE");
        assertThatThrownBy(() -> Samplers.create(Map.of("type", "tree-tpe", "candidates", 1_000_000_000), SPACE, 0))
                .hasMessageContaining("sampler.candidates")
                .hasMessageContaining("100000");
    }

    /** 5 % of the largest budget are more than the largest setting. */
    @Test
    void shouldHaveADefaultForEveryBudget() {
        assertThat(TreeTpeOptions.read(new Settings(Map.of()), 10_000_000).startupTrials())
                .isEqualTo(100_000);
    }

    @Test
    void shouldEndASuggestionWhoseThreadIsInterrupted() {
        Evidence evidence = RandomSpaces.evidence(SPACE, 40, 1);
        for (String type : List.of("hyperopt", "optuna4", "optuna5", "tree-tpe")) {
            Sampler sampler = Samplers.create(Map.of("type", type, "startupTrials", 5), SPACE, 0);
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> sampler.suggest(new SuggestionRequest(1, 99, evidence)))
                        .as(type)
                        .isInstanceOf(CancellationException.class);
            } finally {
                assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
            }
        }
    }

    @Test
    void shouldExplainAMisspeltSetting() {
        assertThatThrownBy(() -> Samplers.create(Map.of("type", "hyperopt", "startup", 3), SPACE, 0))
                .hasMessageContaining("sampler.startup")
                .hasMessageContaining("startupTrials");
    }

    @Test
    void shouldKeepItsOwnDefaults() {
        assertThat(TreeTpeOptions.read(new Settings(Map.of()), 400))
                .isEqualTo(new TreeTpeOptions(
                        20,
                        24,
                        0.15,
                        25,
                        GoodWeights.RANK,
                        Integer.MAX_VALUE,
                        1,
                        0.3,
                        1,
                        0.2,
                        true,
                        true,
                        0.8,
                        0.01,
                        1,
                        0.5,
                        false,
                        5000,
                        true,
                        true));
    }

    @Test
    void shouldKeepThePeersDefaults() {
        assertThat(HyperoptSampler.Options.read(new Settings(Map.of())))
                .isEqualTo(new HyperoptSampler.Options(20, 24, 0.25, 1, 25, true));
        assertThat(OptunaSampler.Options.read(new Settings(Map.of()), false))
                .isEqualTo(new OptunaSampler.Options(
                        10,
                        24,
                        0.1,
                        25,
                        false,
                        false,
                        false,
                        new ParzenSettings(1, 25, Bandwidth.NEIGHBOURS_AND_PRIOR, false, true, false),
                        true));
        assertThat(OptunaSampler.Options.read(new Settings(Map.of()), true))
                .isEqualTo(new OptunaSampler.Options(
                        10,
                        24,
                        0.1,
                        25,
                        true,
                        false,
                        true,
                        new ParzenSettings(1, 25, Bandwidth.NEIGHBOURS, false, true, true),
                        true));
    }
}

package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Suggestions as they are: a recorded study can be replayed on any machine only if they stay so. A change here needs a
 * higher {@link Sampler#version()}.
 */
class PinnedSuggestionsTest {
    private static final SearchSpace SPACE = SearchSpace.read(
            Map.of(
                    "u", Map.of("loguniform", List.of(-3, 1)),
                    "q", Map.of("quniform", List.of(0, 1, 0.1)),
                    "c", Map.of("choice", List.of("a", Map.of("label", "n", "normal", List.of(0, 1)), "b")),
                    "r", Map.of("randint", 7)),
            GridPolicy.EXACT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
        random   | 1 | {"c":1.6245534449822012,"q":0.3,"r":6,"u":0.0830268058142245}
        hyperopt | 1 | {"c":"b","q":0.5,"r":3,"u":0.05188139826738208}
        optuna4  | 2 | {"c":2.3304482947912333,"q":0.5,"r":4,"u":0.26756001009543373}
        optuna5  | 2 | {"c":1.5896955643579802,"q":1,"r":5,"u":0.14192912380240713}
        tree-tpe | 2 | {"c":"b","q":0.8,"r":3,"u":0.15606033983346157}
        """)
    void shouldStayAsTheyAre(String type, int version, String expected) {
        Sampler sampler = Samplers.create(Map.of("type", type), SPACE, 100);
        Suggestion suggestion = sampler.suggest(new SuggestionRequest(42, 60, RandomSpaces.evidence(SPACE, 50, 3)));

        assertThat(sampler.version()).isEqualTo(version);
        assertThat(((Suggestion.Suggested) suggestion).configuration().canonicalForm())
                .isEqualTo(expected);
    }

    /** Of a whole study, with two pending trials at any time: the digest of its suggestions, one a line. */
    @ParameterizedTest
    @CsvSource({
        "random, 8f6bf7100c875181",
        "hyperopt, b9d635df2f116b70",
        "optuna4, 6ce0b6d903eac147",
        "optuna5, bcb965b6e74ae766",
        "tree-tpe, 48366892bccaebcb"
    })
    void shouldStayAsTheyAreThroughAStudy(String type, String expected) throws NoSuchAlgorithmException {
        byte[] suggestions = suggestions(Samplers.create(Map.of("type", type), SPACE, 100), 70);

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(suggestions);

        assertThat(HexFormat.of().formatHex(digest, 0, 8)).isEqualTo(expected);
    }

    private static byte[] suggestions(Sampler sampler, int trials) {
        StringBuilder lines = new StringBuilder();
        Evidence evidence = Evidence.empty();
        for (int number = 0; number < trials; number++) {
            Suggestion suggestion = sampler.suggest(new SuggestionRequest(7, number, evidence));
            Configuration configuration = ((Suggestion.Suggested) suggestion).configuration();
            lines.append(configuration.canonicalForm()).append('\n');
            evidence = evidence.withPending(number, configuration);
            if (number >= 2) {
                evidence = evidence.with(outcome(evidence.pending().get(0)));
            }
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Observation outcome(Pending trial) {
        int number = trial.trialNumber();
        double loss = number * 37 % 101 / 10.0;
        return number % 10 == 9
                ? Observation.infeasible(number, trial.configuration())
                : number % 7 == 6
                        ? Observation.pruned(number, trial.configuration(), loss, number % 3)
                        : Observation.completed(number, trial.configuration(), loss);
    }
}

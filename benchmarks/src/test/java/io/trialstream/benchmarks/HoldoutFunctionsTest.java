package io.trialstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trialstream.space.Configuration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HoldoutFunctionsTest {
    static List<String> functions() {
        return Functions.holdout();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldNeverFallBelowTheStatedMinimum(String name) {
        Objective function = Functions.named(name);
        SplittableRandom random = new SplittableRandom(11);
        double[] regrets = IntStream.range(0, 2000)
                .mapToDouble(i -> function.regret(function.space().sample(random)))
                .filter(regret -> !Double.isNaN(regret))
                .sorted()
                .toArray();

        assertThat(regrets).hasSizeGreaterThan(500);
        assertThat(regrets[0]).isNotNegative();
        assertThat(regrets[regrets.length / 2]).isGreaterThan(2 * regrets[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "levy5, 1;1;1;1;1",
        "rotated5, 1.2;-0.7;2.1;0.4;-1.9",
        "styblinski4, -2.903534;-2.903534;-2.903534;-2.903534",
        "camel, 0.0898420;-0.7126564"
    })
    void shouldReachTheirMinimum(String name, String optimum) {
        Objective function = Functions.named(name);
        Map<String, Object> values = new HashMap<>();
        double[] x = Arrays.stream(optimum.split(";"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        for (int i = 0; i < x.length; i++) {
            values.put("x" + (i + 1), x[i]);
        }
        Configuration best = function.space().configuration(values);

        assertThat(function.regret(best)).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldHaveNoiseThatTheRegretDoesNotSee() {
        Objective cells = Functions.named("cells");
        Configuration drawn = cells.space().sample(new SplittableRandom(3));
        double first = cells.observe(drawn, new SplittableRandom(1));

        assertThat(first).isEqualTo(cells.observe(drawn, new SplittableRandom(1)));
        assertThat(first).isNotEqualTo(cells.observe(drawn, new SplittableRandom(2)));
        assertThat(cells.regret(drawn)).isEqualTo(cells.regret(drawn));
    }
}

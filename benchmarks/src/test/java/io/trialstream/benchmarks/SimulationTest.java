package io.trialstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.space.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
    static List<String> functions() {
        return Functions.names();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldRunEachFunctionWithManyWorkersAndRepeatItExactly(String name) {
        Objective objective = Functions.named(name);
        Contender random = Contender.parse("random");

        Sample first = new Tournament(objective, 30, 3, 1).play(random, 4);
        Sample again = new Tournament(objective, 30, 3, 2).play(random, 4);

        assertThat(first.outcomes()).isEqualTo(again.outcomes()).hasSize(3);
        assertThat(Arrays.stream(first.regrets()).min().orElseThrow()).isPositive();
    }

    @Test
    void shouldFindLittleRegretWithManyRandomEvaluations() {
        Sample few = new Tournament(Functions.named("branin"), 5, 10, 1).play(Contender.parse("random"), 1);
        Sample many = new Tournament(Functions.named("branin"), 500, 10, 1).play(Contender.parse("random"), 1);

        assertThat(many.regret().value()).isLessThan(few.regret().value() / 5);
    }

    @Test
    void shouldKnowTheMinimumOfTheGate() {
        Objective gate = Functions.named("gate");
        Configuration best = gate.space().configuration(Map.of("t", 1.25, "x", Map.of("y", 1.25)));

        assertThat(gate.regret(best)).isZero();
    }
}

package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The seed's network, trained for real, with a trainer killed on the way and the whole stack stopped. */
class NetworkIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static RunningStack stack;

    @BeforeAll
    static void start() {
        stack = RunningStack.start(2, Map.of());
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    @Test
    void shouldTrainNetworksToTheEndWhateverDiesMeanwhile() {
        // Given
        String study = stack.create(Studies.cnn(4, 4));
        int number = Studies.awaitTraining(stack, study, "trainer-1", 1);
        Map<Integer, JsonNode> before = Studies.configurations(stack, study);

        // When its trainer is killed, and later everything is stopped and started again
        stack.kill("trainer-1");
        Studies.awaitTraining(stack, study, "trainer-2", 1);
        stack.down();
        stack.up(2);
        stack.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(stack, study, 4);
        assertThat(Studies.configurations(stack, study)).containsAllEntriesOf(before);
        JsonNode trial = stack.trial(study, number);
        assertThat(trial.get("runs").size()).isGreaterThanOrEqualTo(2);
        assertThat(trial.at("/end/test_fine_accuracy").isNumber()).isTrue();
        assertThat(trial.get("epochs").asInt()).isEqualTo(4);
        assertThat(stack.get("/trials/" + study + ":" + number + "/curve").get("epochs"))
                .hasSize(4);
    }
}

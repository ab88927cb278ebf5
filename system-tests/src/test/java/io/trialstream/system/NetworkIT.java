package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The seed's network, trained for real, with a trainer killed on the way and the whole stack stopped. */
class NetworkIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static RunningStack stack;
    private static Api api;

    @BeforeAll
    static void start() {
        stack = RunningStack.shared();
        api = stack.api();
    }

    @Test
    void shouldTrainNetworksToTheEndWhateverDiesMeanwhile() {
        // Given
        String study = api.create(Studies.cnn(4, 4));
        int number = Studies.awaitTraining(api, study, "trainer-1", 1);
        Map<Integer, JsonNode> before = Studies.configurations(api, study);

        // When its trainer is killed, and later everything is stopped and started again
        stack.kill("trainer-1");
        Studies.awaitTraining(api, study, "trainer-2", 1);
        stack.down();
        stack.up(2);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 4);
        assertThat(Studies.configurations(api, study)).containsAllEntriesOf(before);
        JsonNode trial = api.trial(study, number);
        assertThat(trial.get("runs").size()).isGreaterThanOrEqualTo(2);
        assertThat(trial.at("/end/test_fine_accuracy").isNumber()).isTrue();
        assertThat(trial.get("epochs").asInt()).isEqualTo(4);
        assertThat(api.get("/trials/" + study + ":" + number + "/curve").get("epochs"))
                .hasSize(4);
    }
}

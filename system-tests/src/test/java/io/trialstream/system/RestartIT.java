package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.system.RunningStack.Printed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole system stopped in the middle of a study and started again on the same directory. */
class RestartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static RunningStack stack;
    private static Api api;

    @BeforeAll
    static void start() {
        stack = RunningStack.shared();
        api = stack.api();
    }

    @Test
    void shouldGoOnWithTheSameTrialsAfterItWasStoppedInTwoAttemptsAndStartedAgain() {
        // Given
        String study = api.create(Studies.sleeping(10, 5, Duration.ofMillis(400)));
        Studies.awaitTraining(api, study, "trainer-1", 2);
        Map<Integer, JsonNode> before = Studies.configurations(api, study);

        // When
        stack.interruptedDown();
        stack.down();
        stack.up(2);

        // Then
        api.await(study, "COMPLETED", PATIENCE);
        Studies.assertWhole(api, study, 10);
        assertThat(Studies.configurations(api, study)).containsAllEntriesOf(before);
    }

    @Test
    void shouldGoOnWithTheSameTrialsAfterEverythingWasKilledAtOnce() {
        // Given
        String study = api.create(Studies.sleeping(10, 5, Duration.ofMillis(400)));
        Studies.awaitTraining(api, study, "trainer-1", 2);
        Map<Integer, JsonNode> before = Studies.configurations(api, study);

        // When
        stack.killAll();
        stack.up(2);

        // Then
        api.await(study, "COMPLETED", PATIENCE);
        Studies.assertWhole(api, study, 10);
        assertThat(Studies.configurations(api, study)).containsAllEntriesOf(before);
    }

    @Test
    void shouldSayWhatRunsWhenItIsStartedTwice() {
        long broker = stack.pid("broker");

        Printed second = stack.command("up", "--detach");

        assertThat(second.exitCode()).isZero();
        assertThat(second.text())
                .contains("already running")
                .contains("suggester")
                .contains("trainer-2");
        assertThat(stack.pid("broker")).isEqualTo(broker);
    }
}

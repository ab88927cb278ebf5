package io.trialstream.trainer.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.contracts.TrialId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveRunsTest {
    private static final TrialId TRIAL = new TrialId("study", 3);

    private long seconds;
    private long sequence;
    private final LiveRuns runs =
            new LiveRuns("me", Duration.ofSeconds(2), Duration.ofSeconds(15), () -> TimeUnit.SECONDS.toNanos(seconds));

    @Test
    void shouldStandStillWhileTheBrokerIsAway() {
        // Given
        own();
        other(1, State.READY, 1);

        // When: an hour without any heartbeat, then one of our own
        seconds += 3600;
        own();

        // Then
        assertThat(runs.sighting(TRIAL)).isPresent();
    }

    @Test
    void shouldGiveATrainerThatIsNotBackAfterAnOutageMoreTime() {
        // Given a trainer that was heard before an outage
        own();
        other(1, State.READY, 1);
        seconds += 60;
        own();

        // When it is silent for longer than a trainer usually may
        pass(5);

        // Then
        assertThat(runs.sighting(TRIAL)).isPresent();

        // When it is silent for as long as a lock lasts
        pass(3);

        // Then
        assertThat(runs.sighting(TRIAL)).isEmpty();
    }

    @Test
    void shouldTakeATrainerThatIsBackAfterAnOutageForDeadAsEver() {
        own();
        other(1, State.READY, 1);
        seconds += 60;
        own();
        other(2, State.READY, 1);
        pass(3);
        assertThat(runs.sighting(TRIAL)).isEmpty();
    }

    @Test
    void shouldKnowAtOnceThatAnOwnRunHasEnded() {
        runs.recordEnd(new Run("study", 3, 2, "run", "me", "0".repeat(64)));
        assertThat(runs.hasEnded(TRIAL, 2)).isTrue();
        assertThat(runs.hasEnded(TRIAL, 3)).isFalse();
    }

    @Test
    void shouldNotTakeABurstOfDelayedHeartbeatsForTime() {
        own();
        other(1, State.READY, 1);
        seconds += 60;
        for (int i = 0; i < 30; i++) {
            own();
        }
        assertThat(runs.sighting(TRIAL)).isPresent();
    }

    @Test
    void shouldTakeATrainerForDeadAfterThreeIntervals() {
        own();
        other(1, State.READY, 1);
        pass(2);
        assertThat(runs.sighting(TRIAL)).isPresent();
        pass(1);
        assertThat(runs.sighting(TRIAL)).isEmpty();
    }

    @Test
    void shouldKnowAgainATrainerThatWakesUp() {
        own();
        other(1, State.READY, 1);
        pass(5);
        other(2, State.READY, 1);
        assertThat(runs.sighting(TRIAL)).isPresent();
    }

    @Test
    void shouldRememberTheDispatchOfAnEndedRun() {
        other(1, State.READY, 2);
        other(2, State.READY);
        assertThat(runs.hasEnded(TRIAL, 1)).isTrue();
        assertThat(runs.hasEnded(TRIAL, 2)).isTrue();
        assertThat(runs.hasEnded(TRIAL, 3)).isFalse();
    }

    @Test
    void shouldNotTakeTheDeathOfATrainerForTheEndOfItsRun() {
        own();
        other(1, State.READY, 1);
        pass(200);
        assertThat(runs.hasEnded(TRIAL, 1)).isFalse();
    }

    @Test
    void shouldNotTakeARunThatAStoppedTrainerStillNamesForEndedOrAlive() {
        other(1, State.READY, 1);
        other(2, State.STOPPED, 1);
        assertThat(runs.hasEnded(TRIAL, 1)).isFalse();
        assertThat(runs.sighting(TRIAL)).isEmpty();
    }

    @Test
    void shouldPreferTheRunOfTheNewestDispatch() {
        other(1, State.READY, 1);
        runs.apply(heartbeat("third", 1, State.READY, 2));
        assertThat(runs.sighting(TRIAL)).map(Sighting::trainerId).contains("third");
        assertThat(runs.otherRun(TRIAL, "run-third-2")).map(Sighting::trainerId).contains("other");
    }

    @Test
    void shouldSayHowLongItsOwnLastHeartbeatIsBack() {
        assertThat(runs.sinceOwnHeartbeat()).isEmpty();
        own();
        seconds += 7;
        assertThat(runs.sinceOwnHeartbeat()).contains(Duration.ofSeconds(7));
    }

    private void pass(int intervals) {
        for (int i = 0; i < intervals; i++) {
            seconds += 2;
            own();
        }
    }

    private void own() {
        runs.apply(heartbeat("me", ++sequence, State.READY));
    }

    private void other(long number, State state, int... dispatches) {
        runs.apply(heartbeat("other", number, state, dispatches));
    }

    private static Heartbeat heartbeat(String trainer, long number, State state, int... dispatches) {
        List<RunStatus> statuses = Arrays.stream(dispatches)
                .mapToObj(dispatch -> new RunStatus("study", 3, dispatch, "run-" + trainer + "-" + dispatch, 0))
                .toList();
        return new Heartbeat(trainer, "default", state, number, 1, "none", "CPU", statuses);
    }
}

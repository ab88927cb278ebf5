package io.trialstream.results.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.Objective;
import io.trialstream.results.read.StudyRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingTest {
    private static final Map<String, Object> FILE = Map.of("pool", "py", "concurrency", "auto");

    @Test
    void shouldSayThatThePoolHasNoTrainers() {
        assertThat(Waiting.of(study(StudyState.RUNNING, 0, 0, 0), FILE, List.of(trainer("gpu", "READY", 2, 0))))
                .contains(new Waiting("NO_TRAINERS", "pool py has no trainers"));
    }

    @Test
    void shouldCountOnlyTrainersThatTakeTrials() {
        assertThat(code(study(StudyState.RUNNING, 0, 0, 0), FILE, trainer("py", "SILENT", 2, 0)))
                .contains("NO_TRAINERS");
        assertThat(code(study(StudyState.RUNNING, 0, 0, 0), FILE, trainer("py", "DRAINING", 2, 0)))
                .contains("NO_TRAINERS");
    }

    @Test
    void shouldSayThatAllSlotsAreBusyWithOtherStudies() {
        Trainer trainer = trainer("py", "READY", 2, 2, "other");

        assertThat(Waiting.of(study(StudyState.RUNNING, 1, 0, 4), FILE, List.of(trainer)))
                .contains(new Waiting("SLOTS_BUSY", "all 2 slots of pool py are busy with other studies"));
    }

    @Test
    void shouldWaitForNothingWhileItsOwnTrialsFillTheSlots() {
        assertThat(code(study(StudyState.RUNNING, 1, 1, 4), FILE, trainer("py", "READY", 2, 2)))
                .isEmpty();
    }

    @Test
    void shouldSayThatWhatIsLeftOfTheBudgetRuns() {
        assertThat(Waiting.of(study(StudyState.RUNNING, 1, 2, 7), FILE, List.of(trainer("py", "READY", 4, 2))))
                .contains(new Waiting("BUDGET_GIVEN_OUT", "the budget is given out; 3 trials are still to end"));
    }

    @Test
    void shouldSayThatItsOwnConcurrencyBoundsIt() {
        Map<String, Object> file = Map.of("pool", "py", "concurrency", 2);

        assertThat(code(study(StudyState.RUNNING, 0, 2, 1), file, trainer("py", "READY", 4, 2)))
                .contains("CONCURRENCY_REACHED");
    }

    @Test
    void shouldSayThatItIsPaused() {
        assertThat(Waiting.of(study(StudyState.PAUSED, 0, 1, 0), FILE, List.of()))
                .contains(new Waiting("PAUSED", "it is paused; 1 trial is still to end"));
    }

    @Test
    void shouldWaitForNothingWhileASlotIsFree() {
        assertThat(code(study(StudyState.RUNNING, 0, 1, 0), FILE, trainer("py", "READY", 2, 1)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = StudyState.class,
            names = {"COMPLETED", "STOPPED", "FAILED"})
    void shouldWaitForNothingOnceItHasEnded(StudyState state) {
        assertThat(Waiting.of(study(state, 0, 1, 0), FILE, List.of())).isEmpty();
    }

    private static Optional<String> code(StudyRow study, Map<String, Object> file, Trainer trainer) {
        return Waiting.of(study, file, List.of(trainer)).map(Waiting::code);
    }

    private static StudyRow study(StudyState state, int queued, int running, int completed) {
        return new StudyRow(
                "s",
                "study",
                state,
                Optional.empty(),
                new Objective("objective", Objective.Direction.MAXIMIZE),
                "{\"trials\": 10}",
                new StudyRow.Counts(queued, running, completed + 2, 0, 0, 0, 0, 2),
                Optional.empty(),
                0,
                0,
                1,
                Instant.EPOCH,
                false);
    }

    private static Trainer trainer(String pool, String state, int slots, int busy) {
        return trainer(pool, state, slots, busy, "s");
    }

    private static Trainer trainer(String pool, String state, int slots, int busy, String study) {
        return new Trainer(
                "t",
                pool,
                state,
                slots,
                "engine",
                "cpu",
                1,
                IntStream.range(0, busy)
                        .mapToObj(i -> new Trainer.Busy(study + ":" + i, study, i, "run-" + i, 0))
                        .toList());
    }
}

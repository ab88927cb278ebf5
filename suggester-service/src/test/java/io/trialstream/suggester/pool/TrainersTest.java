package io.trialstream.suggester.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Capability;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.suggester.Studied;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainersTest {
    private final Trainers trainers = new Trainers(2);

    @Test
    void shouldCountTheSlotsOfReadyTrainersOnly() {
        trainers.apply(Studied.ready("t1", 2));
        trainers.apply(Studied.ready("t2", 1));
        trainers.apply(new Heartbeat("t3", "default", State.DRAINING, 1, 4, "sleep", "none", List.of()));

        assertThat(trainers.capacity("default")).isEqualTo(3);
        assertThat(trainers.capacity("gpu")).isZero();
    }

    @Test
    void shouldForgetATrainerThatWasSilentForTooManyTicks() {
        trainers.apply(Studied.ready("t1", 2));

        trainers.tick();
        trainers.tick();
        assertThat(trainers.capacity("default")).isEqualTo(2);

        trainers.tick();
        assertThat(trainers.capacity("default")).isZero();
    }

    @Test
    void shouldForgetATrainerThatStopped() {
        trainers.apply(Studied.ready("t1", 2));
        trainers.apply(new Heartbeat("t1", "default", State.STOPPED, 2, 2, "sleep", "none", List.of()));

        assertThat(trainers.all()).isEmpty();
    }

    @Test
    void shouldRememberWhatATrainerSaidOnceThatItCanRun() {
        Capability sleep = new Capability("sleep", List.of("loss"), List.of(), List.of());
        Trainers trainers = new Trainers(2);
        for (int tick = 0; tick < 5; tick++) {
            trainers.apply(new Heartbeat(
                    "t1",
                    "default",
                    State.READY,
                    1 + tick,
                    2,
                    "sleep",
                    "none",
                    List.of(),
                    tick == 0 ? Optional.of(List.of(sleep)) : Optional.empty()));
            trainers.tick();
        }

        assertThat(trainers.knowledge("default"))
                .isEqualTo(new PoolKnowledge("default", true, 1, List.of(List.of(sleep))));
        assertThat(trainers.knowledge("other")).isEqualTo(new PoolKnowledge("other", true, 0, List.of()));
    }
}

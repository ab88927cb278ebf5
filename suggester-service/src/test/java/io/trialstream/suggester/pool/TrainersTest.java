package io.trialstream.suggester.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.suggester.Studied;
import java.util.List;
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
}

package io.trialstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NadamScheduleTest {
    private final NadamSchedule schedule = new NadamSchedule();

    @Test
    void shouldBeginBelowHalfOfBetaAndRiseToIt() {
        // 0.9 (1 - 0.5 0.96^0.004) and 0.9 (1 - 0.5 0.96^4), by hand
        assertThat(schedule.momentum(1)).isCloseTo(0.450073474, within(1e-9));
        assertThat(schedule.momentum(1_000)).isCloseTo(0.517794048, within(1e-9));
        assertThat(schedule.momentum(1_000_000)).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void shouldGiveTheSameProductInOrderAfterAGapAndFromTheBeginning() {
        double expected = 1;
        for (int step = 1; step <= 7; step++) {
            expected *= schedule.momentum(step);
            assertThat(schedule.product(step)).isEqualTo(expected);
        }

        assertThat(new NadamSchedule().product(7)).isEqualTo(expected);
        assertThat(schedule.product(7)).isEqualTo(expected);
        assertThat(schedule.product(1)).isEqualTo(schedule.momentum(1));
    }
}

package io.trialstream.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trialstream.contracts.Run;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrainerMetersTest {
    private static final Run RUN = new Run("study", 1, 1, "run", "trainer", "hash");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TrainerMeters meters = new TrainerMeters(registry);

    @Test
    void shouldCountRunsByTheirEnd() {
        meters.started(RUN, 1);
        meters.started(RUN, 2);
        assertThat(registry.get("trialstream.trainer.running").gauge().value()).isEqualTo(2);
        meters.epochFinished(RUN, Duration.ofSeconds(3));
        meters.ended(RUN, "COMPLETED");
        assertThat(registry.get("trialstream.trainer.running").gauge().value()).isEqualTo(1);
        assertThat(registry.get("trialstream.trainer.runs.ended")
                        .tag("end", "COMPLETED")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("trialstream.trainer.runs.started").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("trialstream.trainer.redeliveries").counter().count())
                .isEqualTo(1);
        assertThat(registry.get("trialstream.trainer.epoch").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void shouldCountWhatWasNotRun() {
        meters.discarded("it has been queued again");
        meters.endedUnstarted("CANCELLED");
        assertThat(registry.get("trialstream.trainer.discarded")
                        .tag("reason", "it has been queued again")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("trialstream.trainer.unstarted.ended")
                        .tag("end", "CANCELLED")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("trialstream.trainer.running").gauge().value()).isZero();
    }
}

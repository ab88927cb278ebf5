package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.client.StudyView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Pace pace = new Pace();

    @Test
    void shouldSayNothingBeforeATrialHasEnded() {
        assertThat(pace.left(study("RUNNING", 3), START)).isEmpty();
        assertThat(pace.left(study("RUNNING", 3), START.plusSeconds(50))).isEmpty();
    }

    @Test
    void shouldExtrapolateFromTheTrialsThatEndedWhileItWatched() {
        // Given
        pace.left(study("RUNNING", 2), START);

        // When
        Optional<Duration> left = pace.left(study("RUNNING", 4), START.plusSeconds(60));

        // Then: 2 trials in 60 s, 6 of 10 are left
        assertThat(left).contains(Duration.ofSeconds(180));
    }

    @Test
    void shouldForgetThePauseOfAStudy() {
        // Given
        pace.left(study("RUNNING", 2), START);
        pace.left(study("PAUSED", 3), START.plusSeconds(1_000));

        // When
        Optional<Duration> left = pace.left(study("RUNNING", 4), START.plusSeconds(1_030));

        // Then
        assertThat(left).contains(Duration.ofSeconds(180));
    }

    private static StudyView study(String state, int completed) {
        return new StudyView(
                "s1",
                "demo",
                state,
                Optional.empty(),
                Optional.empty(),
                Map.of("completed", completed),
                OptionalInt.of(10),
                Optional.empty(),
                Optional.empty());
    }
}

package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shouldPauseLongerEachTimeUpToAMinute() {
        List<Long> seconds = IntStream.rangeClosed(1, 12)
                .mapToObj(Restarts::pauseBefore)
                .map(Duration::toSeconds)
                .toList();

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 60L, 60L);
    }

    @Test
    void shouldGiveUpAfterSoManyEndsInARow() {
        Restarts restarts = Restarts.NONE;
        for (int start = 0; start < Restarts.LIMIT; start++) {
            restarts = restarts.ended("exit code 1", NOW);
            assertThat(restarts.givenUp()).as("after end %d", start + 1).isFalse();
            restarts = restarts.begun();
        }
        restarts = restarts.ended("exit code 1", NOW);

        assertThat(restarts.givenUp()).isTrue();
        assertThat(restarts.isPending()).isFalse();
        assertThat(restarts.total()).isEqualTo(Restarts.LIMIT);
    }

    @Test
    void shouldBeginToCountAnewWhenItWasWellOrAskedFor() {
        Restarts ended = Restarts.NONE.ended("one", NOW).begun().ended("two", NOW);
        assertThat(ended.inARow()).isEqualTo(2);

        assertThat(ended.settled().ended("three", NOW).inARow()).isEqualTo(1);
        assertThat(ended.askedFor(NOW).isDue(NOW)).isTrue();
        assertThat(ended.askedFor(NOW).ended("three", NOW).inARow()).isEqualTo(1);
    }

    @Test
    void shouldNotCountAWait() {
        Restarts ended = Restarts.NONE.ended("exit code 1", NOW);

        Restarts waiting = ended.postponed("disk full", NOW);

        assertThat(waiting.inARow()).isEqualTo(ended.inARow());
        assertThat(waiting.why()).isEqualTo("disk full");
        assertThat(waiting.isDue(NOW)).isFalse();
        assertThat(waiting.isDue(NOW.plusSeconds(5))).isTrue();
    }
}

package io.trialstream.suggester.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RebuildsTest {
    private final Rebuilds rebuilds = new Rebuilds();

    @Test
    void shouldPauseTwiceAsLongEachTimeUpToALimit() {
        assertThat(IntStream.range(0, 7).mapToObj(i -> rebuilds.pause(i).toMillis()))
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 8000L, 8000L);
        assertThat(rebuilds.inARow()).isEqualTo(7);
    }

    @Test
    void shouldGoOnInTheRowWhenATermFailsSoonAfterItsStart() {
        rebuilds.pause(0);
        rebuilds.inCharge(1);

        assertThat(rebuilds.pause(Rebuilds.STEADY.toNanos())).isEqualTo(Rebuilds.FIRST.multipliedBy(2));
    }

    @Test
    void shouldBeginAnewWhenATermHasLasted() {
        rebuilds.pause(0);
        rebuilds.pause(1);
        rebuilds.inCharge(2);

        assertThat(rebuilds.pause(2 + Rebuilds.STEADY.toNanos())).isEqualTo(Rebuilds.FIRST);
        assertThat(rebuilds.inARow()).isEqualTo(1);
    }
}

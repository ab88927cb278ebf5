package io.trialstream.results.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BottomSampleTest {

    @Test
    void shouldDrawDistinctNumbersInRisingOrder() {
        Integer[] sample = BottomSample.of(1_000, 100, 42);

        assertThat(sample).hasSize(100).doesNotHaveDuplicates().isSorted();
        assertThat(sample[0]).isNotNegative();
        assertThat(sample[99]).isLessThan(1_000);
    }

    @Test
    void shouldTakeAllWhereThereAreNoMore() {
        assertThat(BottomSample.of(3, 5, 42)).containsExactly(0, 1, 2);
        assertThat(BottomSample.of(3, 3, 42)).containsExactly(0, 1, 2);
        assertThat(BottomSample.of(0, 5, 42)).isEmpty();
    }

    @Test
    void shouldBeTheSameForTheSameSeedAndAnotherForAnother() {
        assertThat(BottomSample.of(1_000, 100, 42)).isEqualTo(BottomSample.of(1_000, 100, 42));
        assertThat(BottomSample.of(1_000, 100, 42)).isNotEqualTo(BottomSample.of(1_000, 100, 43));
    }

    @Test
    void shouldChangeLittleAsTheStudyGrows() {
        Set<Integer> before = new HashSet<>(Arrays.asList(BottomSample.of(1_000, 100, 42)));
        before.retainAll(Arrays.asList(BottomSample.of(1_010, 100, 42)));

        assertThat(before).hasSizeGreaterThanOrEqualTo(95);
    }

    @Test
    void shouldDrawEvenly() {
        double mean = IntStream.range(0, 50)
                .mapToDouble(seed -> Arrays.stream(BottomSample.of(1_000, 100, seed))
                        .mapToInt(number -> number)
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow();

        // The mean of 5,000 draws from 0 to 999 has a standard error of 4.
        assertThat(mean).isBetween(499.5 - 16, 499.5 + 16);
    }
}

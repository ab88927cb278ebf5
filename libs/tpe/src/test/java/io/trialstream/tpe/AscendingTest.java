package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AscendingTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 64, 65, 1000})
    void shouldOrderAsAStableSortDoes(int count) {
        SplittableRandom random = new SplittableRandom(count);
        double[] keys =
                random.doubles(count).map(key -> Math.rint(20 * key) / 4 - 2).toArray();
        int[] expected = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> keys[i]))
                .mapToInt(Integer::intValue)
                .toArray();

        assertThat(Ascending.places(keys)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 13})
    void shouldPutInfinitiesAtTheEnds(int count) {
        double[] keys = new double[count];
        Arrays.setAll(keys, i -> i % 3 == 0 ? Double.POSITIVE_INFINITY : i % 3 == 1 ? Double.NEGATIVE_INFINITY : -i);
        double[] sorted = Arrays.stream(Ascending.places(keys))
                .mapToDouble(place -> keys[place])
                .toArray();

        assertThat(sorted).isSorted();
    }
}

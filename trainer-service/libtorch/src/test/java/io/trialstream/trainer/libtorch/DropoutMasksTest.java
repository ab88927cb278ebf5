package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMasksTest {

    private static final int LENGTH = 200_000;

    /** Within four standard deviations. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.175, 0.5, 0.9})
    void shouldDropAtTheRate(double rate) {
        float[] mask = mask(7, 0, 3, rate);

        assertThat(dropped(mask)).isCloseTo(rate, offset(4 * Math.sqrt(rate * (1 - rate) / LENGTH)));
        for (float value : mask) {
            assertThat(value == 0 || value == 2.5f).isTrue();
        }
    }

    @Test
    void shouldBeAFunctionOfSeedStepAndLayer() {
        float[] mask = mask(7, 1, 3, 0.5);

        assertThat(mask(7, 1, 3, 0.5)).isEqualTo(mask);
        assertThat(agreement(mask, mask(8, 1, 3, 0.5), 0)).as("seed").isCloseTo(0.5, offset(0.005));
        assertThat(agreement(mask, mask(7, 2, 3, 0.5), 0)).as("step").isCloseTo(0.5, offset(0.005));
        assertThat(agreement(mask, mask(7, 1, 4, 0.5), 0)).as("layer").isCloseTo(0.5, offset(0.005));
    }

    /** Neither a value's neighbour nor the one in the next row, map, image or chunk tells anything about it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 32, 1024, 16_384, 65_536})
    void shouldHaveIndependentValues(int distance) {
        float[] mask = mask(11, 0, 1, 0.5);

        assertThat(agreement(mask, mask, distance)).isCloseTo(0.5, offset(0.007));
    }

    private static float[] mask(long seed, int step, int layer, double rate) {
        DropoutMasks masks = new DropoutMasks();
        masks.begin(seed);
        for (int i = 0; i < step; i++) {
            masks.next();
        }
        try (FloatPointer target = new FloatPointer(LENGTH)) {
            masks.fill(target, LENGTH, layer, rate, 2.5f);
            float[] values = new float[LENGTH];
            target.get(values);
            return values;
        }
    }

    private static double dropped(float[] mask) {
        int count = 0;
        for (float value : mask) {
            count += value == 0 ? 1 : 0;
        }
        return (double) count / mask.length;
    }

    private static double agreement(float[] left, float[] right, int distance) {
        int count = 0;
        for (int i = 0; i < left.length - distance; i++) {
            count += left[i] == right[i + distance] ? 1 : 0;
        }
        return (double) count / (left.length - distance);
    }
}

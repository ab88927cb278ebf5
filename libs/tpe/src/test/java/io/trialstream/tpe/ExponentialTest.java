package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExponentialTest {
    @Test
    void shouldBeTheExponential() {
        SplittableRandom random = new SplittableRandom(1);
        double worst = 0;
        for (int i = 0; i < 100_000; i++) {
            double x = 700 * Math.pow(random.nextDouble(), 4) * (random.nextInt(4) == 0 ? 1 : -1);
            worst = Math.max(worst, Math.abs(Exponential.of(x) / StrictMath.exp(x) - 1));
        }

        assertThat(worst).isLessThan(1e-15);
    }

    @Test
    void shouldBeExactAtItsEnds() {
        assertThat(Exponential.of(0)).isEqualTo(1);
        assertThat(Exponential.of(-0.0)).isEqualTo(1);
        assertThat(Exponential.of(-701)).isZero();
        assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
    }
}

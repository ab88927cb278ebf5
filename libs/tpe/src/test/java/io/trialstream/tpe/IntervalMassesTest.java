package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.space.StandardNormal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalMassesTest {
    private static final int MUS = 60;
    private static final int SIGMAS = 7;

    @ParameterizedTest
    @CsvSource({"-1, 2", "0.5, 0.75", "-Infinity, 3", "-40, Infinity", "-Infinity, Infinity"})
    void shouldRememberExactlyWhatWouldBeComputed(double low, double high) {
        IntervalMasses masses = new IntervalMasses(low, high);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < MUS * SIGMAS; i++) {
                double mu = i % MUS * 0.3 - 9;
                double sigma = 0.01 + i / MUS;
                assertThat(masses.logMass(mu, sigma))
                        .isEqualTo(StandardNormal.logMass((low - mu) / sigma, (high - mu) / sigma));
            }
        }

        assertThat(masses.size()).isEqualTo(MUS * SIGMAS);
    }
}

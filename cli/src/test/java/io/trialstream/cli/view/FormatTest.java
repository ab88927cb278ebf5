package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "59, 59s",
        "61, 1m 01s",
        "599, 9m 59s",
        "600, 10m",
        "2460, 41m",
        "3570, 1h 00m",
        "11100, 3h 05m",
        "180000, 2d 02h",
        "-5, 0s"
    })
    void shouldWriteTheTwoLargestUnits(long seconds, String expected) {
        assertThat(Format.duration(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1ms", "40, 40ms", "999, 999ms", "1000, 1s", "1500, 1.5s", "9940, 9.9s", "9960, 10s", "12345, 12s"})
    void shouldWriteShortTimesWithTheirFraction(long millis, String expected) {
        assertThat(Format.duration(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.6761, 0.6761",
        "12.5, 12.5000",
        "0.0000123, 1.23e-5",
        "-0.25, -0.2500",
        "1234567, 1.235e6",
        "1e-9, 1e-9",
        "0, 0",
        "-2.5e-12, -2.5e-12",
        "0.001, 0.0010",
        "1e300, 1e300"
    })
    void shouldWriteObjectivesSoThatTrialsDiffer(double value, String expected) {
        assertThat(Format.objective(value)).isEqualTo(expected);
    }
}

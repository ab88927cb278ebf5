package io.trialstream.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardNormalTest {
    /** Figures computed with 50 digits. */
    @ParameterizedTest
    @CsvFileSource(resources = "/standard-normal.csv", numLinesToSkip = 1)
    void shouldAgreeWithFiftyDigits(double a, double b, double logCdf, double logMass) {
        assertThat(StandardNormal.logCdf(a)).isCloseTo(logCdf, relative(logCdf, 1e-13));
        assertThat(StandardNormal.logMass(a, b)).isCloseTo(logMass, relative(logMass, 1e-9));
        assertThat(StandardNormal.cdf(a)).isCloseTo(Math.exp(logCdf), within(1e-15 + 1e-13 * Math.exp(logCdf)));
    }

    private static Offset<Double> relative(double expected, double tolerance) {
        return within(tolerance * Math.max(1e-3, Math.abs(expected)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-20, 1e-5, 0.02, 0.3, 0.5, 0.6, 0.99, 1 - 1e-9})
    void shouldInvertItself(double p) {
        assertThat(StandardNormal.cdf(StandardNormal.quantile(p))).isCloseTo(p, withinPercentage(1e-10));
    }

    @ParameterizedTest
    @CsvSource({
        "-1,2",
        "-10,-9",
        "8,9",
        "-0.01,0.01",
        "40,41",
        "-45,-40",
        "-Infinity,-3",
        "2,Infinity",
        "-Infinity,Infinity",
        "100,101"
    })
    void shouldInvertTruncatedNormalsFarOut(double a, double b) {
        double last = a;
        for (double u : new double[] {0, 0.001, 0.25, 0.5, 0.75, 0.999, 1}) {
            double x = StandardNormal.truncatedQuantile(u, a, b);
            assertThat(x).isBetween(a, b).isGreaterThanOrEqualTo(last);
            if (u > 0 && u < 1) {
                double part = Math.exp(StandardNormal.logMass(a, x) - StandardNormal.logMass(a, b));
                assertThat(part).as("u = %s", u).isCloseTo(u, within(1e-9));
            }
            last = x;
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,2", "-10,-9", "-45,-40", "-Infinity,-3", "0,5", "-0.0,Infinity"})
    void shouldUseWhatIsKnownOfATruncation(double a, double b) {
        double logLower = StandardNormal.logCdf(a);
        double logMass = StandardNormal.logMass(a, b);
        for (double u : new double[] {0, 0.001, 0.5, 0.999, 1}) {
            assertThat(StandardNormal.truncatedQuantile(u, a, b, logLower, logMass))
                    .isEqualTo(StandardNormal.truncatedQuantile(u, a, b));
        }
    }

    @Test
    void shouldTreatTheEdgesOfTheLineAsMassless() {
        assertThat(StandardNormal.logMass(1, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(StandardNormal.logMass(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isEqualTo(0);
        assertThat(StandardNormal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(StandardNormal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}

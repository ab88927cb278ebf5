package io.trialstream.space;

import static io.trialstream.space.SpaceReadingTest.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    private static final int DRAWS = 40_000;

    private static Distribution distribution(String expression, GridPolicy policy) {
        return SearchSpace.read(Map.of("p", tree(expression)), policy)
                .parameters()
                .get(0)
                .distribution();
    }

    private static Map<Double, Double> frequencies(Distribution distribution) {
        SplittableRandom random = new SplittableRandom(11);
        Map<Double, Double> frequencies = new TreeMap<>();
        for (int i = 0; i < DRAWS; i++) {
            frequencies.merge(distribution.sample(random), 1.0 / DRAWS, Double::sum);
        }
        return frequencies;
    }

    static Stream<String> discrete() {
        return Stream.of(
                "{quniform: [2, 4, 1]}",
                "{quniform: [0.501, 4.499, 1]}",
                "{quniform: [0, 1, 0.25]}",
                "{quniform: [100, 450, 50]}",
                "{quniform: [-3, 5, 2]}",
                "{quniform: [10, 1000, 50]}",
                "{uniformint: [1, 6]}",
                "{randint: [3, 9]}",
                "{randint: 4}",
                "{choice: [a, b, c]}",
                "{pchoice: [[0.2, a], [0.0, b], [0.8, c]]}",
                "{qloguniform: [0, 3, 1]}",
                "{qloguniform: [-2, 1, 0.5]}",
                "{qnormal: [0.3, 1, 1]}",
                "{qlognormal: [0, 0.7, 1]}",
                "{quniform: [0, 2, 5]}");
    }

    @ParameterizedTest
    @MethodSource("discrete")
    void shouldDrawWithTheMassesItStates(String expression) {
        for (GridPolicy policy : GridPolicy.values()) {
            Distribution distribution = distribution(expression, policy);
            Map<Double, Double> frequencies = frequencies(distribution);

            double sum = 0;
            for (Map.Entry<Double, Double> entry : frequencies.entrySet()) {
                double mass = Math.exp(distribution.logDensity(entry.getKey()));
                assertThat(entry.getValue())
                        .as("%s %s at %s", expression, policy, entry.getKey())
                        .isCloseTo(mass, within(5 * Math.sqrt(0.25 / DRAWS)));
                sum += mass;
            }
            assertThat(sum).as("%s %s", expression, policy).isCloseTo(1, within(2e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("discrete")
    void shouldListTheValuesOfFiniteDistributions(String expression) {
        for (GridPolicy policy : GridPolicy.values()) {
            Distribution distribution = distribution(expression, policy);
            distribution.cardinality().ifPresent(count -> {
                double sum = 0;
                for (long place = 0; place < count.longValue(); place++) {
                    double value = distribution.valueAt(place);
                    assertThat(distribution.accepts(value)).isTrue();
                    assertThat(distribution.canonical(value)).isEqualTo(value);
                    sum += Math.exp(distribution.logDensity(value));
                }
                assertThat(sum).isCloseTo(1, within(1e-9));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{uniform: [-2, 3]}", "{loguniform: [-1, 1]}", "{normal: [1, 0.5]}", "{lognormal: [0, 0.5]}"})
    void shouldIntegrateToOne(String expression) {
        Distribution distribution = distribution(expression, GridPolicy.EXACT);
        int cells = 400_000;
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            sum += Math.exp(distribution.logDensity(-10 + 30 * (i + 0.5) / cells)) * 30 / cells;
        }

        assertThat(sum).isCloseTo(1, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({
        "'{uniform: [-2, 3]}',0.5",
        "'{loguniform: [-1, 1]}',1",
        "'{normal: [1, 0.5]}',1",
        "'{lognormal: [0.2, 0.5]}',1.2214027581601699"
    })
    void shouldHaveItsMedianWhereItBelongs(String expression, double median) {
        Distribution distribution = distribution(expression, GridPolicy.EXACT);
        SplittableRandom random = new SplittableRandom(3);
        int below = 0;
        for (int i = 0; i < DRAWS; i++) {
            below += distribution.sample(random) < median ? 1 : 0;
        }

        assertThat(below / (double) DRAWS).isCloseTo(0.5, within(5 * Math.sqrt(0.25 / DRAWS)));
    }

    @Test
    void shouldGiveEndPointsFullMassOnTheExactGridAndHalfOfItInHyperopt() {
        assertThat(Math.exp(
                        distribution("{quniform: [2, 4, 1]}", GridPolicy.EXACT).logDensity(2)))
                .isCloseTo(1 / 3.0, within(1e-12));
        assertThat(Math.exp(distribution("{quniform: [2, 4, 1]}", GridPolicy.HYPEROPT)
                        .logDensity(2)))
                .isCloseTo(0.25, within(1e-12));
    }

    @Test
    void shouldLeaveTheBoundsOnlyWhereHyperoptDoes() {
        Distribution exact = distribution("{quniform: [10, 1000, 50]}", GridPolicy.EXACT);
        Distribution hyperopt = distribution("{quniform: [10, 1000, 50]}", GridPolicy.HYPEROPT);

        assertThat(exact.accepts(0)).isFalse();
        assertThat(exact.cardinality()).contains(BigInteger.valueOf(20));
        assertThat(hyperopt.accepts(0)).isTrue();
        assertThat(hyperopt.cardinality()).contains(BigInteger.valueOf(21));
    }

    @ParameterizedTest
    @EnumSource(GridPolicy.class)
    void shouldHaveTheSameBoundsOfAWholeCellEitherWay(GridPolicy policy) {
        Distribution units = distribution("{quniform: [0.501, 4.499, 1]}", policy);

        assertThat(frequencies(units).keySet()).containsExactly(1.0, 2.0, 3.0, 4.0);
    }

    @Test
    void shouldPutDecimalStepsOnDecimals() {
        Distribution tenths = distribution("{quniform: [0, 0.3, 0.1]}", GridPolicy.EXACT);

        assertThat(tenths.cardinality()).contains(BigInteger.valueOf(4));
        assertThat(tenths.valueAt(3)).isEqualTo(0.3);
        assertThat(tenths.accepts(0.1 + 0.2)).isTrue();
        assertThat(tenths.canonical(0.1 + 0.2)).isEqualTo(0.3);
    }
}

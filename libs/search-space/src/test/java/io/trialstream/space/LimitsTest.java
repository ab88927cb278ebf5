package io.trialstream.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lognormal   | 512, 128               | space.a.lognormal",
                "uniform     | -1.7e308, 1.7e308      | space.a.uniform[0]",
                "uniform     | 0, 5e-324              | space.a.uniform",
                "loguniform  | -800, 0                | space.a.loguniform[0]",
                "loguniform  | 0, 709.5               | space.a.loguniform[1]",
                "log         | 1e-101, 1              | space.a.log",
                "qlog        | 1e-99, 1e-90, 1e-101   | space.a.qlog[2]",
                "normal      | 0, 1e308               | space.a.normal[1]",
                "normal      | 0, 1e-320              | space.a.normal[1]",
                "quniform    | 1.0e16, 1.0e17, 1      | space.a.quniform[0]",
                "quniform    | 0, 1, 1e-17            | space.a.quniform[1]",
                "qloguniform | 0, 100, 1              | space.a.qloguniform[1]",
                "qnormal     | 1e16, 1, 1             | space.a.qnormal[0]",
                "qnormal     | 0, 1, 1e200            | space.a.qnormal[2]",
                "uniformint  | 9007199254740993, 9007199254741993 | space.a.uniformint[1]",
                "uniformint  | 1e300, 1e300           | space.a.uniformint[0]"
            })
    void shouldRefuseWhatOverflowsOrLeavesTheDoublesAtTheField(String keyword, String arguments, String path) {
        InvalidSpaceException refused =
                catchThrowableOfType(InvalidSpaceException.class, () -> written(keyword, numbers(arguments)));

        assertThat(refused).isNotNull();
        assertThat(refused.problems().get(0).path()).isEqualTo(path);
        assertThat(refused.problems().get(0).code()).isEqualTo("OUT_OF_RANGE");
    }

    @Test
    void shouldRefuseBoundsWhoseLogarithmsAreTheSame() {
        InvalidSpaceException refused = catchThrowableOfType(
                InvalidSpaceException.class, () -> written("log", List.of(1e50, Math.nextUp(1e50))));

        assertThat(refused.problems().get(0).path()).isEqualTo("space.a.log");
        assertThat(refused.problems().get(0).code()).isEqualTo("LOW_NOT_BELOW_HIGH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uniform     | -1e100, 1e100",
                "uniform     | 0, 1e-100",
                "loguniform  | -690, 690",
                "loguniform  | -708, 709",
                "lognormal   | 0, 85",
                "quniform    | -9007199254740992, 9007199254740992, 1",
                "uniformint  | 0, 9007199254740992",
                "qlognormal  | 3, 2, 1",
                "qnormal     | 0, 1e50, 1"
            })
    void shouldTakeWhatCanBeDrawn(String keyword, String arguments) {
        SearchSpace space = written(keyword, numbers(arguments));

        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 1000; i++) {
            assertThatCode(() -> space.sample(random)).doesNotThrowAnyException();
        }
    }

    /** Before, a slack of a billionth part of the bounds let draws leave them by millions. */
    @Test
    void shouldKeepLargeIntegersInsideTheirBounds() {
        SearchSpace space = written("uniformint", List.of(9_007_199_254_739_000d, 9_007_199_254_740_992d));

        assertThat(space.parameters().get(0).distribution().cardinality().orElseThrow())
                .isEqualTo(1993);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 5000; i++) {
            assertThat(space.sample(random).number(0)).isBetween(9_007_199_254_739_000d, 9_007_199_254_740_992d);
        }
    }

    @Test
    void shouldHaveNoZeroOnAGridOfALogarithmHoweverNearItsBoundIs() {
        SearchSpace space = written("qloguniform", List.of(-40d, 3d, 1d));

        SplittableRandom random = new SplittableRandom(3);
        assertThat(DoubleStream.generate(() -> space.sample(random).number(0)).limit(200))
                .allSatisfy(value -> assertThat(value).isBetween(1d, 20d));
    }

    /** What an earlier release accepted can be read, so that it can be shown and deleted. */
    @Test
    void shouldReadAStoredSpaceThatIsRefusedToday() {
        SearchSpace stored =
                SearchSpace.read(Map.of("a", Map.of("uniform", List.of(-1.7e308, 1.7e308))), GridPolicy.EXACT);

        assertThat(catchThrowableOfType(InvalidSpaceException.class, stored::requireLimits))
                .isNotNull();
    }

    private static SearchSpace written(String keyword, List<Double> arguments) {
        return SearchSpace.readWritten(Map.of("a", Map.of(keyword, arguments)), GridPolicy.EXACT, warning -> {});
    }

    private static List<Double> numbers(String arguments) {
        return Arrays.stream(arguments.split(","))
                .map(String::trim)
                .map(Double::valueOf)
                .toList();
    }
}

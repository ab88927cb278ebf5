package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.space.Configuration;
import io.trialstream.space.Continuous;
import io.trialstream.space.Distribution;
import io.trialstream.space.FixedNumber;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.InvalidSpaceException;
import io.trialstream.space.Parameter;
import io.trialstream.space.Quantized;
import io.trialstream.space.RandomInteger;
import io.trialstream.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a space may say is either refused, with code OUT_OF_RANGE or for another reason, or every sampler draws from
 * it inside its bounds, at the start and from evidence of such draws. The seed is part of each test's name.
 */
class ExtremeSpacesTest {
    private static final double[] EXTREMES = {
        0,
        5e-324,
        1e-310,
        2.3e-308,
        1e-200,
        1e-101,
        1e-100,
        1e-99,
        1e-17,
        1e-16,
        1e-8,
        0.1,
        0.5,
        1,
        1.0000000000000002,
        2,
        3,
        8.3,
        85,
        85.4,
        690,
        708,
        709,
        709.8,
        745,
        1e3,
        1e6,
        1e10,
        1e15,
        9007199254740991d,
        9007199254740992d,
        9007199254740994d,
        1e16,
        1e17,
        1e50,
        1e99,
        1e100,
        1.1e100,
        1e154,
        1e200,
        1e308,
        Double.MAX_VALUE
    };
    private static final List<String> KEYWORDS = List.of(
            "uniform",
            "loguniform",
            "normal",
            "lognormal",
            "quniform",
            "qloguniform",
            "qnormal",
            "qlognormal",
            "uniformint",
            "randint");
    private static final int PARAMETERS = 6;
    private static final int TRIALS = 14;

    static Stream<Arguments> samplersAndSeeds() {
        return Samplers.TYPES.stream()
                .flatMap(type -> IntStream.range(0, 40).mapToObj(seed -> Arguments.of(type, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("samplersAndSeeds")
    void shouldDrawInsideTheBoundsWhateverIsAccepted(String type, int seed) {
        GridPolicy grid = seed % 2 == 0 ? GridPolicy.EXACT : GridPolicy.HYPEROPT;
        SearchSpace space = space(seed, grid);
        Map<String, Object> settings =
                type.equals("random") ? Map.of("type", type) : Map.of("type", type, "startupTrials", 4);
        Sampler sampler = Samplers.create(settings, space, 0);
        Evidence evidence = Evidence.empty();
        SplittableRandom losses = new SplittableRandom(seed);
        for (int number = 0; number < TRIALS; number++) {
            Suggestion suggestion = sampler.suggest(new SuggestionRequest(seed, number, evidence));
            if (!(suggestion instanceof Suggestion.Suggested suggested)) {
                return;
            }
            Configuration drawn = suggested.configuration();
            space.parameters().forEach(parameter -> assertInside(parameter, drawn));
            assertThat(space.configuration(drawn.values())).isEqualTo(drawn);
            assertThat(space.logDensity(drawn)).isNotNaN();
            evidence = number % 5 == 4
                    ? evidence.with(Observation.infeasible(number, drawn))
                    : evidence.with(Observation.completed(number, drawn, loss(losses)));
        }
        for (Parameter parameter : space.parameters()) {
            sampler.preview(evidence, parameter.label()).ifPresent(preview -> assertThat(preview.points())
                    .allSatisfy(point -> assertThat(point.good()).isNotNaN()));
        }
    }

    /** Objectives may be as extreme. */
    private static double loss(SplittableRandom random) {
        double extreme = EXTREMES[random.nextInt(EXTREMES.length)];
        return random.nextBoolean() ? extreme : -extreme;
    }

    /** A space of the first distributions that are accepted, of numbers that are likely to overflow somewhere. */
    private static SearchSpace space(int seed, GridPolicy grid) {
        SplittableRandom random = new SplittableRandom(seed * 7919L + 1);
        Map<String, Object> space = new LinkedHashMap<>();
        while (space.size() < PARAMETERS) {
            Map<String, Object> one = Map.of("p" + space.size(), distribution(random));
            try {
                SearchSpace.readWritten(one, grid, warning -> {});
                space.putAll(one);
            } catch (InvalidSpaceException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        }
        return SearchSpace.readWritten(space, grid, warning -> {});
    }

    private static Map<String, Object> distribution(SplittableRandom random) {
        String keyword = KEYWORDS.get(random.nextInt(KEYWORDS.size()));
        List<Object> arguments = new ArrayList<>();
        double first = signed(random);
        double second = random.nextInt(4) == 0 ? Math.nextUp(first) : signed(random);
        arguments.add(keyword.endsWith("normal") ? first : Math.min(first, second));
        arguments.add(keyword.endsWith("normal") ? Math.abs(second) : Math.max(first, second));
        if (keyword.startsWith("q")) {
            arguments.add(EXTREMES[random.nextInt(EXTREMES.length)]);
        }
        return Map.of(keyword, arguments);
    }

    private static double signed(SplittableRandom random) {
        double number = EXTREMES[random.nextInt(EXTREMES.length)];
        return random.nextInt(3) == 0 ? -number : number;
    }

    private static void assertInside(Parameter parameter, Configuration drawn) {
        double value = drawn.number(parameter.index());
        Distribution distribution = parameter.distribution();
        assertThat(value)
                .as("%s %s", parameter.label(), distribution.describe())
                .isFinite();
        assertThat(distribution.accepts(value)).isTrue();
        if (distribution instanceof Continuous continuous && continuous.family().bounded()) {
            assertThat(value)
                    .as("%s", distribution)
                    .isBetween(
                            continuous.family().fromLatent(continuous.first()),
                            continuous.family().fromLatent(continuous.second()));
        } else if (distribution instanceof Quantized quantized
                && quantized.base().family().bounded()) {
            double step = quantized.grid().step();
            double slack = (quantized.grid().policy() == GridPolicy.EXACT ? 0.0011 : 0.5) * step;
            double low = quantized.base().family().fromLatent(quantized.base().first());
            double high = quantized.base().family().fromLatent(quantized.base().second());
            assertThat(value)
                    .as("%s", distribution)
                    .isBetween(low - slack - Math.ulp(low), high + slack + Math.ulp(high));
        } else if (distribution instanceof RandomInteger integer) {
            assertThat(value).isBetween((double) integer.low(), (double) integer.high() - 1);
        } else if (distribution instanceof FixedNumber fixed) {
            assertThat(value).isEqualTo(fixed.number());
        }
    }
}

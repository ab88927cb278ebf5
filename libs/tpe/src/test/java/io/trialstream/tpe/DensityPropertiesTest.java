package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trialstream.space.Categorical;
import io.trialstream.space.Configuration;
import io.trialstream.space.Continuous;
import io.trialstream.space.Distribution;
import io.trialstream.space.FixedNumber;
import io.trialstream.space.Parameter;
import io.trialstream.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Densities integrate to 1, in seeded random spaces. The seed is part of each test's name. */
class DensityPropertiesTest {
    private static final int CELLS = 1000;
    /** Beyond so many points a discrete parameter is not summed up. */
    private static final long POINTS = 2000;

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldIntegrateToOneOverEachParameterInThePeersModels(int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Evidence evidence = RandomSpaces.evidence(space, 3 * seed, seed);
        HyperoptSampler hyperopt = (HyperoptSampler) Samplers.create(Map.of("type", "hyperopt"), space, 0);
        for (Parameter parameter : space.parameters()) {
            if (parameter.distribution() instanceof FixedNumber) {
                continue;
            }
            double[] column = Trial.column(Trial.byAge(evidence), parameter.index());
            Posterior posterior = hyperopt.posterior(parameter, column);
            // Hyperopt does not divide the continuous log families by the mass inside their bounds.
            if (!(parameter.distribution() instanceof Continuous c && c.family().logarithmic())) {
                assertIntegral(parameter, posterior::logDensity, seed);
            }
            for (Bandwidth bandwidth : Bandwidth.values()) {
                for (boolean cells : new boolean[] {false, true}) {
                    ParzenSettings settings = new ParzenSettings(1, 25, bandwidth, false, true, cells);
                    ProductMixture mixture = settings.fit(List.of(parameter), List.of(column));
                    if (cells || isPointwise(parameter) || isInBounds(parameter)) {
                        assertIntegral(parameter, x -> mixture.logDensity(new double[] {x}), seed);
                    }
                }
            }
        }
    }

    /** In v4 a discrete log parameter has the density of a continuous one: it is not a mass. */
    private static boolean isInBounds(Parameter parameter) {
        return parameter.distribution() instanceof Categorical
                || !Axis.of(parameter.distribution()).logarithmic();
    }

    private static boolean isPointwise(Parameter parameter) {
        return parameter.distribution() instanceof Continuous;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldIntegrateToOneOverTheWholeTree(int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Evidence evidence = RandomSpaces.evidence(space, 5 * seed, seed);
        for (double crossover : new double[] {0, 0.3}) {
            Map<String, Object> settings = Map.of("type", "tree-tpe", "startupTrials", 0, "crossover", crossover);
            TreeTpeSampler sampler = (TreeTpeSampler) Samplers.create(settings, space, 0);
            TreeTpeSampler.Densities densities = sampler.densities(evidence);
            assertMeanRatioIsOne(space, densities.good(), densities.bad());
            assertMeanRatioIsOne(space, densities.bad(), densities.good());
        }
    }

    /** The mean of p / q over draws from q is the integral of p; q must be as wide as p, so the prior is mixed in. */
    private static void assertMeanRatioIsOne(SearchSpace space, TreeDensity p, TreeDensity q) {
        SplittableRandom prior = new SplittableRandom(1);
        CounterRandom random = CounterRandom.of(1, 1, "test");
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            boolean own = i % 3 == 0;
            Configuration x = own ? p.draw(random) : i % 3 == 1 ? q.draw(random) : space.sample(prior);
            double density = Math.exp(p.logDensity(x));
            ratios.add(density / (density / 3 + Math.exp(q.logDensity(x)) / 3 + Math.exp(logPrior(space, x)) / 3));
        }
        double mean = ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double variance =
                ratios.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum() / (ratios.size() - 1);
        double error = Math.sqrt(variance / ratios.size());

        assertThat(error).isLessThan(0.04);
        assertThat(mean).isCloseTo(1, within(4 * error + 1e-9));
    }

    /** With respect to the axes, as the densities are. */
    private static double logPrior(SearchSpace space, Configuration x) {
        double sum = 0;
        for (Parameter parameter : space.parameters()) {
            if (x.isActive(parameter.index())) {
                double value = x.number(parameter.index());
                sum += Candidate.logPrior(parameter.distribution(), value);
            }
        }
        return sum;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldShowAPreviewThatIntegratesToOne(int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Evidence evidence = RandomSpaces.evidence(space, 60, seed);
        Sampler sampler = Samplers.create(Map.of("type", "tree-tpe"), space, 0);
        for (Parameter parameter : space.parameters()) {
            ParameterPreview preview =
                    sampler.preview(evidence, parameter.label()).orElseThrow();
            assertThat(preview.points()).allSatisfy(point -> {
                assertThat(point.good()).isFinite().isNotNegative();
                assertThat(point.bad()).isFinite().isNotNegative();
            });
            long count = parameter
                    .distribution()
                    .cardinality()
                    .map(Number::longValue)
                    .orElse(POINTS);
            if (count <= preview.points().size()) {
                double good = preview.points().stream()
                        .mapToDouble(ParameterPreview.Point::good)
                        .sum();
                double bad = preview.points().stream()
                        .mapToDouble(ParameterPreview.Point::bad)
                        .sum();
                assertThat(good).isCloseTo(1, within(1e-9));
                assertThat(bad).isCloseTo(1, within(1e-9));
            }
        }
    }

    private static void assertIntegral(Parameter parameter, DoubleUnaryOperator logDensity, int seed) {
        Distribution distribution = parameter.distribution();
        if (distribution instanceof Continuous continuous) {
            Axis axis = Axis.of(distribution);
            double reach = 20 * axis.range();
            double low = Double.isInfinite(axis.low()) ? axis.centre() - reach : axis.low();
            double high = Double.isInfinite(axis.high()) ? axis.centre() + reach : axis.high();
            int cells = Double.isInfinite(axis.low()) ? 4 * CELLS : CELLS;
            double width = (high - low) / cells;
            double sum = IntStream.range(0, cells)
                    .mapToDouble(i -> low + (i + 0.5) * width)
                    .map(latent -> continuous.family().logarithmic() ? Math.exp(latent) : latent)
                    .map(value -> width * Math.exp(logDensity.applyAsDouble(value)))
                    .sum();
            assertThat(sum).as("%s, seed %d", parameter, seed).isCloseTo(1, within(2e-3));
            return;
        }
        distribution.cardinality().filter(count -> count.longValue() <= POINTS).ifPresent(count -> {
            double sum = DoubleStream.iterate(0, i -> i < count.longValue(), i -> i + 1)
                    .map(i -> Math.exp(logDensity.applyAsDouble(distribution.valueAt((long) i))))
                    .sum();
            assertThat(sum).as("%s, seed %d", parameter, seed).isCloseTo(1, within(1e-9));
        });
    }
}

package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every sampler on any space. The seed is part of each test's name. */
class SamplerPropertiesTest {
    static Stream<Arguments> samplersAndSeeds() {
        return Samplers.TYPES.stream()
                .flatMap(type -> IntStream.range(0, 16).mapToObj(seed -> Arguments.of(type, seed)));
    }

    private static Sampler sampler(String type, SearchSpace space) {
        return Samplers.create(Map.of("type", type), space, 0);
    }

    private static int trials(int seed) {
        return List.of(0, 1, 2, 11, 30, 60).get(seed % 6);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("samplersAndSeeds")
    void shouldSuggestTheSameForTheSameRequest(String type, int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Sampler used = sampler(type, space);
        used.suggest(new SuggestionRequest(9, 1, RandomSpaces.evidence(space, 40, seed + 1)));
        SuggestionRequest request = new SuggestionRequest(seed, 99, RandomSpaces.evidence(space, trials(seed), seed));

        Suggestion first = used.suggest(request);

        assertThat(used.suggest(request)).isEqualTo(first);
        assertThat(sampler(type, space)
                        .suggest(new SuggestionRequest(seed, 99, RandomSpaces.evidence(space, trials(seed), seed))))
                .isEqualTo(first);
    }

    /** What a sampler keeps of the evidence it has seen saves time and nothing else. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldSuggestTheSameWhateverItHasSeenBefore(int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Sampler used = sampler("tree-tpe", space);
        Evidence evidence = RandomSpaces.evidence(space, 12, seed);
        for (int number = 100; number < 120; number++) {
            SuggestionRequest request = new SuggestionRequest(seed, number, evidence);
            Suggestion suggestion = used.suggest(request);
            assertThat(suggestion).isEqualTo(sampler("tree-tpe", space).suggest(request));
            if (!(suggestion instanceof Suggestion.Suggested next)) {
                return;
            }
            evidence = number % 4 == 0
                    ? evidence.withPending(number, next.configuration())
                    : evidence.with(Observation.completed(number, next.configuration(), number * 7 % 11));
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("samplersAndSeeds")
    void shouldSuggestWhatIsValidAndNew(String type, int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Sampler sampler = sampler(type, space);
        Evidence evidence = RandomSpaces.evidence(space, trials(seed), seed);
        List<Configuration> batch = new ArrayList<>();
        for (int number = 100; number < 106; number++) {
            if (sampler.suggest(new SuggestionRequest(seed, number, evidence)) instanceof Suggestion.Suggested s) {
                assertThat(evidence.contains(s.configuration())).isFalse();
                assertThat(space.configuration(s.configuration().assignment())).isEqualTo(s.configuration());
                assertThat(space.configuration(s.configuration().values())).isEqualTo(s.configuration());
                assertThat(space.logDensity(s.configuration())).isFinite();
                batch.add(s.configuration());
                evidence = evidence.withPending(number, s.configuration());
            }
        }

        assertThat(batch).doesNotHaveDuplicates();
        assertThat(batch.size() == 6 || isUsedUp(space, evidence)).isTrue();
    }

    /** An unbounded grid may hold all but a sliver of its mass in a few points. */
    private static boolean isUsedUp(SearchSpace space, Evidence evidence) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 1000).allMatch(i -> evidence.contains(space.sample(random)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("samplersAndSeeds")
    void shouldMinimiseTheNegativeOfWhatItMaximises(String type, int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Evidence drawn = RandomSpaces.evidence(space, 40, seed);
        Evidence minimised = Evidence.empty();
        Evidence maximised = Evidence.empty();
        for (Observation o : drawn.observations()) {
            if (o.kind() == Observation.Kind.COMPLETED) {
                minimised = minimised.with(
                        Observation.completed(o.trialNumber(), o.configuration(), Direction.MINIMIZE.loss(o.loss())));
                maximised = maximised.with(
                        Observation.completed(o.trialNumber(), o.configuration(), Direction.MAXIMIZE.loss(-o.loss())));
            }
        }
        Sampler sampler = sampler(type, space);

        assertThat(sampler.suggest(new SuggestionRequest(seed, 99, maximised)))
                .isEqualTo(sampler.suggest(new SuggestionRequest(seed, 99, minimised)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("samplersAndSeeds")
    void shouldNeverYieldWhatIsPendingHoweverMuchIs(String type, int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Sampler sampler = sampler(type, space);
        Evidence evidence = RandomSpaces.evidence(space, 30, seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int number = 100; number < 200; number += 1 + random.nextInt(30)) {
            Suggestion suggestion = sampler.suggest(new SuggestionRequest(seed, 300, evidence));
            if (!(suggestion instanceof Suggestion.Suggested next)) {
                assertThat(isUsedUp(space, evidence)).isTrue();
                return;
            }
            assertThat(evidence.contains(next.configuration())).isFalse();
            evidence = evidence.withPending(number, next.configuration());
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("samplersAndSeeds")
    void shouldNotDependOnTheOrderInWhichTrialsEnded(String type, int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        Evidence ordered = RandomSpaces.evidence(space, 40, seed);
        List<Observation> shuffled = new ArrayList<>(ordered.observations());
        Collections.shuffle(shuffled, new Random(seed));
        Evidence other = Evidence.empty();
        for (Pending pending : ordered.pending()) {
            other = other.withPending(pending.trialNumber(), pending.configuration());
        }
        for (Observation observation : shuffled) {
            other = other.with(observation);
        }

        assertThat(sampler(type, space).suggest(new SuggestionRequest(seed, 99, other)))
                .isEqualTo(sampler(type, space).suggest(new SuggestionRequest(seed, 99, ordered)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("samplersAndSeeds")
    void shouldUseUpFiniteSpacesExactly(String type, int seed) {
        SearchSpace space = RandomSpaces.space(seed);
        long assignments = space.cardinality().map(Number::longValue).orElse(Long.MAX_VALUE);
        if (assignments > 60) {
            return;
        }
        Sampler sampler = sampler(type, space);
        Evidence evidence = Evidence.empty();
        Set<Configuration> tried = new HashSet<>();
        int number = 0;
        while (sampler.suggest(new SuggestionRequest(seed, number, evidence)) instanceof Suggestion.Suggested s) {
            assertThat(tried.add(s.configuration())).isTrue();
            evidence = evidence.with(Observation.completed(number, s.configuration(), number % 7));
            number++;
        }

        // Two options that give the same value are one configuration.
        Set<Configuration> all = new HashSet<>();
        space.firstWhere(() -> 0, c -> {
            all.add(c);
            return false;
        });
        assertThat(tried).isEqualTo(all);
    }
}

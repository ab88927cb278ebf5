package io.trialstream.contracts.study;

import static io.trialstream.contracts.study.StudyFiles.object;
import static io.trialstream.contracts.study.StudyFiles.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyFileTest {

    @Test
    void shouldWriteBackExactlyTheTreeItRead() {
        assertThat(StudySpec.read(StudyFiles.complete()).toTree()).isEqualTo(StudyFiles.complete());
    }

    @Test
    void shouldReadWhatItWroteAsTheSameStudy() {
        for (Map<String, Object> tree : List.of(StudyFiles.complete(), StudyFiles.shortest())) {
            StudySpec spec = StudySpec.read(tree);

            assertThat(StudySpec.read(spec.toTree())).isEqualTo(spec).hasSameHashCodeAs(spec);
        }
    }

    @Test
    void shouldFillInEachDefault() {
        StudySpec spec = StudySpec.read(StudyFiles.shortest());

        assertThat(spec.sampler()).isEqualTo(Map.of("type", "tree-tpe"));
        assertThat(spec.samplerType()).isEqualTo("tree-tpe");
        assertThat(spec.seed()).isEmpty();
        assertThat(spec.budget())
                .isEqualTo(new Budget(OptionalInt.of(1), Optional.empty(), OptionalInt.empty(), OptionalInt.empty()));
        assertThat(spec.concurrency()).isEmpty();
        assertThat(spec.pool()).isEqualTo("default");
        assertThat(spec.grid()).isEqualTo(GridPolicy.EXACT);
        assertThat(spec.training()).isEqualTo(new SleepTraining(3, Duration.ofMillis(200)));
        assertThat(spec.enqueue()).isEmpty();
        assertThat(StudySpec.read(with(
                                StudyFiles.shortest(),
                                "training",
                                object("workload", "cifar-cnn", "dataset", "shapes")))
                        .training())
                .isEqualTo(new CnnTraining("shapes", 100, Protocol.HONEST, 0, 0, 1.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sampler", "pruner", "concurrency", "pool", "grid", "enqueue"})
    void shouldTakeNullForAbsence(String field) {
        Map<String, Object> tree = new LinkedHashMap<>(StudyFiles.shortest());
        tree.put(field, null);

        assertThat(StudySpec.read(tree)).isEqualTo(StudySpec.read(StudyFiles.shortest()));
    }

    @Test
    void shouldTakeThePrunerNoneForAbsence() {
        assertThat(StudySpec.read(with(StudyFiles.shortest(), "pruner", object("type", "none"))))
                .isEqualTo(StudySpec.read(StudyFiles.shortest()));
    }

    @Test
    void shouldTakeAutoForNoLimitOfConcurrency() {
        assertThat(StudySpec.read(with(StudyFiles.complete(), "concurrency", "auto"))
                        .concurrency())
                .isEmpty();
    }

    @Test
    void shouldTakeWholeNumbersInAnyForm() {
        assertThat(StudySpec.read(with(StudyFiles.complete(), "concurrency", 8.0))
                        .concurrency())
                .hasValue(8);
        assertThat(StudySpec.read(with(StudyFiles.complete(), "concurrency", 8L))
                        .concurrency())
                .hasValue(8);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void shouldKeepAnySeed(long seed) {
        StudySpec spec = StudySpec.read(with(StudyFiles.complete(), "sampler.seed", seed));

        assertThat(spec.seed()).isEqualTo(OptionalLong.of(seed));
        assertThat(spec.withSeed(7).seed()).hasValue(7);
        assertThat(spec.sampler()).doesNotContainKey("seed");
    }

    @Test
    void shouldKeepWhatTheSamplerIsToldForTheSamplerToCheck() {
        StudySpec spec = StudySpec.read(with(StudyFiles.complete(), "sampler.gamma", object("of", List.of(1, 2))));

        assertThat(spec.sampler())
                .containsEntry("gamma", object("of", List.of(1, 2)))
                .containsEntry("startupTrials", 20);
    }

    static Stream<Arguments> wrong() {
        Map<String, Object> study = StudyFiles.complete();
        return Stream.of(
                Arguments.of(with(study, "name", null), "name", "MISSING_FIELD", "is required"),
                Arguments.of(with(study, "name", " "), "name", "INVALID_FIELD", "must be a string, got ' '"),
                Arguments.of(with(study, "name", 3), "name", "INVALID_FIELD", "must be a string, got '3'"),
                Arguments.of(with(study, "name", "a/b"), "name", "INVALID_FIELD", "must be 1 to 48 letters"),
                Arguments.of(with(study, "name", "x".repeat(49)), "name", "INVALID_FIELD", "must be 1 to 48 letters"),
                Arguments.of(with(study, "objective", null), "objective", "MISSING_FIELD", "is required"),
                Arguments.of(
                        with(study, "objective", "accuracy"),
                        "objective",
                        "INVALID_FIELD",
                        "must be an object, got 'accuracy'"),
                Arguments.of(with(study, "objective.metric", null), "objective.metric", "MISSING_FIELD", "is required"),
                Arguments.of(
                        with(study, "objective.direction", null),
                        "objective.direction",
                        "MISSING_FIELD",
                        "is required"),
                Arguments.of(
                        with(study, "objective.direction", "maximise"),
                        "objective.direction",
                        "UNKNOWN_VALUE",
                        "must be one of maximize, minimize, got 'maximise', did you mean 'maximize'?"),
                Arguments.of(
                        with(study, "objective.goal", 1),
                        "objective.goal",
                        "UNKNOWN_FIELD",
                        "unknown field (known here: direction, metric)"),
                Arguments.of(with(study, "sampler", List.of()), "sampler", "INVALID_FIELD", "must be an object"),
                Arguments.of(
                        with(study, "sampler.type", 5), "sampler.type", "INVALID_FIELD", "must be a string, got '5'"),
                Arguments.of(
                        with(study, "sampler.seed", "x"),
                        "sampler.seed",
                        "INVALID_FIELD",
                        "must be a whole number of 64 bits"),
                Arguments.of(
                        with(study, "sampler.seed", 1.5),
                        "sampler.seed",
                        "INVALID_FIELD",
                        "must be a whole number of 64 bits"),
                Arguments.of(with(study, "pruner", "none"), "pruner", "INVALID_FIELD", "must be an object"),
                Arguments.of(with(study, "pruner", object()), "pruner.type", "MISSING_FIELD", "is required"),
                Arguments.of(
                        with(study, "pruner.type", "ashes"),
                        "pruner.type",
                        "UNKNOWN_VALUE",
                        "must be one of none, got 'ashes'"),
                Arguments.of(
                        with(with(study, "pruner.type", "none"), "pruner.minEpochs", 4),
                        "pruner.minEpochs",
                        "UNKNOWN_FIELD",
                        "unknown field"),
                Arguments.of(with(study, "budget", null), "budget", "MISSING_FIELD", "is required"),
                Arguments.of(
                        with(study, "budget", object("failed", 3)),
                        "budget.trials",
                        "MISSING_FIELD",
                        "bounds trials, trainingTime or both"),
                Arguments.of(
                        with(study, "budget.trials", 0),
                        "budget.trials",
                        "INVALID_FIELD",
                        "must be a whole number from 1 to 10000000, got '0'"),
                Arguments.of(
                        with(study, "budget.trials", 10_000_001),
                        "budget.trials",
                        "INVALID_FIELD",
                        "from 1 to 10000000"),
                Arguments.of(with(study, "budget.trials", "many"), "budget.trials", "INVALID_FIELD", "got 'many'"),
                Arguments.of(with(study, "budget.infeasible", 0.5), "budget.infeasible", "INVALID_FIELD", "got '0.5'"),
                Arguments.of(with(study, "budget.failed", Double.NaN), "budget.failed", "INVALID_FIELD", "got 'NaN'"),
                Arguments.of(
                        with(study, "budget.trainingTime", "24h"),
                        "budget.trainingTime",
                        "INVALID_FIELD",
                        "must be an ISO-8601 duration such as PT24H, got '24h'"),
                Arguments.of(
                        with(study, "budget.trainingTime", "-PT1H"),
                        "budget.trainingTime",
                        "INVALID_FIELD",
                        "got '-PT1H'"),
                Arguments.of(
                        with(study, "budget.trails", 3), "budget.trails", "UNKNOWN_FIELD", "did you mean 'trials'?"),
                Arguments.of(
                        with(study, "concurrency", 0), "concurrency", "INVALID_FIELD", "from 1 to 100000, got '0'"),
                Arguments.of(
                        with(study, "concurrency", "all"),
                        "concurrency",
                        "INVALID_FIELD",
                        "must be a whole number or 'auto', got 'all'"),
                Arguments.of(with(study, "pool", "a:b"), "pool", "INVALID_FIELD", "must be 1 to 48 letters"),
                Arguments.of(with(study, "pool", 7), "pool", "INVALID_FIELD", "must be a string"),
                Arguments.of(
                        with(study, "grid", "hyperop"),
                        "grid",
                        "UNKNOWN_VALUE",
                        "must be one of exact, hyperopt, got 'hyperop', did you mean 'hyperopt'?"),
                Arguments.of(with(study, "training", null), "training", "MISSING_FIELD", "is required"),
                Arguments.of(with(study, "enqueue", "x"), "enqueue", "INVALID_FIELD", "must be a list, got 'x'"),
                Arguments.of(
                        with(study, "enqueue", List.of(object("x", 0.5, "layers", 2), object("x", 9, "layers", 2))),
                        "enqueue[1].x",
                        "OUT_OF_RANGE",
                        "not 9"),
                Arguments.of(
                        with(study, "enqueue", List.of(object("x", 0.5))),
                        "enqueue[0].layers",
                        "MISSING_FIELD",
                        "is missing"),
                Arguments.of(with(study, "space", null), "space", "MISSING_FIELD", "is required"),
                Arguments.of(
                        with(with(study, "enqueue", null), "space", object("x", object("unifrom", List.of(0, 1)))),
                        "space.x.unifrom",
                        "UNKNOWN_DISTRIBUTION",
                        "did you mean 'uniform'?"),
                Arguments.of(
                        with(study, "max_trials", 3),
                        "max_trials",
                        "UNKNOWN_FIELD",
                        "unknown field (known here: budget, concurrency"),
                Arguments.of(with(study, "Pools", "x"), "Pools", "UNKNOWN_FIELD", "did you mean 'pool'?"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldNamePathCodeAndValueOfWhatIsWrong(Map<String, Object> tree, String path, String code, String message) {
        List<Problem> problems = problems(tree);

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).path()).isEqualTo(path);
        assertThat(problems.get(0).code()).isEqualTo(code);
        assertThat(problems.get(0).message()).contains(message);
    }

    @Test
    void shouldTellAMisspeltRequiredFieldAsBothMissingAndUnknown() {
        Map<String, Object> tree = new LinkedHashMap<>(StudyFiles.shortest());
        tree.put("trainning", tree.remove("training"));

        assertThat(problems(tree))
                .extracting(Problem::path, Problem::code)
                .containsExactlyInAnyOrder(tuple("training", "MISSING_FIELD"), tuple("trainning", "UNKNOWN_FIELD"));
        assertThat(problems(tree))
                .anySatisfy(problem -> assertThat(problem.message()).contains("did you mean 'training'?"));
    }

    @Test
    void shouldTellEverythingThatIsWrongAtOnce() {
        List<Problem> problems = problems(object(
                "objective",
                object("metric", "m"),
                "budget",
                object(),
                "training",
                object("workload", "x"),
                "space",
                object("x", object("uniform", List.of(1, 0))),
                "extra",
                1));

        assertThat(problems)
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "name",
                        "objective.direction",
                        "budget.trials",
                        "training.workload",
                        "space.x.uniform",
                        "extra");
    }

    @Test
    void shouldShowOnlyTheBeginningOfALongValue() {
        assertThat(problems(with(StudyFiles.shortest(), "pool", object("x", "y".repeat(5_000))))
                        .get(0)
                        .message())
                .hasSizeLessThan(120);
    }

    @Test
    void shouldRefuseAnAbsentAndAnEmptyFile() {
        assertThat(problems(null)).singleElement().extracting(Problem::code).isEqualTo("MISSING_FIELD");
        assertThat(problems(Map.of()))
                .extracting(Problem::path)
                .containsExactly("name", "objective", "budget", "training", "space");
    }

    @Test
    void shouldRefuseKeysThatAreNoText() {
        Map<Object, Object> tree = new LinkedHashMap<>(StudyFiles.shortest());
        tree.put(3, "x");
        tree.put(null, "y");

        @SuppressWarnings("unchecked")
        Map<String, Object> untyped = (Map<String, Object>) (Map<?, ?>) tree;

        assertThat(problems(untyped)).extracting(Problem::path).containsExactly("3", "null");
    }

    @Test
    void shouldKeepToTheLimits() {
        Map<String, Object> most = with(StudyFiles.shortest(), "space", StudyFiles.spaceOf(500));
        assertThat(StudySpec.read(most).space().parameters()).hasSize(500);
        assertThat(problems(with(most, "space", StudyFiles.spaceOf(501))))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem).hasToString("space: at most 500 parameters, got 501 [TOO_MANY]"));

        List<Object> thousand = StudyFiles.copies(object("x", 0.5), 1_000);
        assertThat(StudySpec.read(with(StudyFiles.shortest(), "enqueue", thousand))
                        .enqueue())
                .hasSize(1_000);
        thousand.add(object("x", 0.5));
        assertThat(problems(with(StudyFiles.shortest(), "enqueue", thousand)))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .hasToString("enqueue: at most 1000 configurations at once, got 1001 [TOO_MANY]"));
    }

    @Test
    void shouldReadConfigurationsThatAUserGivesLater() {
        StudySpec spec = StudySpec.read(StudyFiles.complete());

        List<Configuration> read = spec.readConfigurations(List.of(object("x", 1, "layers", 3)));
        InvalidStudyException refusal = catchThrowableOfType(
                InvalidStudyException.class,
                () -> spec.readConfigurations(
                        Arrays.asList(object("x", 1, "layers", 3), null, object("x", 2, "layers", 9))));

        assertThat(read).singleElement().extracting(Configuration::values).isEqualTo(object("x", 1.0, "layers", 3.0));
        assertThat(refusal.problems())
                .extracting(Problem::path)
                .containsExactly("enqueue[1]", "enqueue[2].x", "enqueue[2].layers");
        assertThat(refusal).hasMessageContaining("enqueue[1]: must be an object, not null");
    }

    @Test
    void shouldIgnoreFieldsOfANewerReleaseInAMessageButNotInAFile() {
        Map<String, Object> tree =
                with(with(with(StudyFiles.complete(), "future", 1), "budget.future", 1), "training.subset.future", 1);

        assertThat(StudySpec.ofMessage(tree)).isEqualTo(StudySpec.read(StudyFiles.complete()));
        assertThat(problems(tree)).extracting(Problem::code).containsOnly("UNKNOWN_FIELD");
        assertThat(problems(tree))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("future", "budget.future", "training.subset.future");
    }

    private static List<Problem> problems(Map<String, Object> tree) {
        InvalidStudyException refusal = catchThrowableOfType(InvalidStudyException.class, () -> StudySpec.read(tree));
        return refusal == null ? Collections.emptyList() : refusal.problems();
    }
}

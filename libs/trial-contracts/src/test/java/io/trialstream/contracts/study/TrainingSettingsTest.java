package io.trialstream.contracts.study;

import static io.trialstream.contracts.study.StudyFiles.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trialstream.space.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingSettingsTest {

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of(
                        object(
                                "workload",
                                "cifar-cnn",
                                "dataset",
                                "cifar100",
                                "epochs",
                                20,
                                "protocol",
                                "seed",
                                "subset",
                                object("train", 5_000, "validation", 0),
                                "widthFactor",
                                0.25),
                        new CnnTraining("cifar100", 20, Protocol.SEED, 5_000, 0, 0.25)),
                Arguments.of(
                        object(
                                "workload",
                                "cifar-cnn",
                                "dataset",
                                "folder:my-flowers",
                                "epochs",
                                1,
                                "protocol",
                                "honest",
                                "subset",
                                object("train", 0, "validation", 0),
                                "widthFactor",
                                1.0,
                                "imageSize",
                                64),
                        new CnnTraining("folder:my-flowers", 1, Protocol.HONEST, 0, 0, 1.0, 64)),
                Arguments.of(
                        object("workload", "sleep", "epochs", 7, "epochDuration", "PT1M"),
                        new SleepTraining(7, Duration.ofMinutes(1))),
                Arguments.of(
                        object("workload", "exec", "program", "digits", "epochs", 1),
                        new ExecTraining("digits", 1, Optional.empty(), Map.of())),
                Arguments.of(
                        object(
                                "workload",
                                "exec",
                                "program",
                                "mnist-mlp",
                                "epochs",
                                20,
                                "timeout",
                                "PT2H",
                                "arguments",
                                object("data", "small", "folds", 3, "rate", 0.5)),
                        new ExecTraining(
                                "mnist-mlp",
                                20,
                                Optional.of(Duration.ofHours(2)),
                                object("data", "small", "folds", 3, "rate", 0.5))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldWriteBackExactlyTheTreeItRead(Map<String, Object> tree, TrainingSettings settings) {
        assertThat(TrainingSettings.read(tree)).isEqualTo(settings);
        assertThat(settings.toTree()).isEqualTo(tree);
        assertThat(settings.workload()).isEqualTo(tree.get("workload"));
        assertThat(settings.epochs()).isEqualTo(tree.get("epochs"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldChangeTheEpochsAndNothingElse(Map<String, Object> tree, TrainingSettings settings) {
        assertThat(settings.withEpochs(44).toTree()).isEqualTo(StudyFiles.with(tree, "epochs", 44));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withEpochs(10_001))
                .withMessage("epochs must be from 1 to 10000, got 10001");
    }

    static Stream<Arguments> wrong() {
        Map<String, Object> cnn = object("workload", "cifar-cnn", "dataset", "cifar100");
        Map<String, Object> sleep = object("workload", "sleep");
        Map<String, Object> exec = object("workload", "exec", "program", "digits");
        return Stream.of(
                Arguments.of(object(), "training.workload", "MISSING_FIELD", "is required"),
                Arguments.of(object("workload", 3), "training.workload", "INVALID_FIELD", "must be a string"),
                Arguments.of(
                        object("workload", "cifar_cn"),
                        "training.workload",
                        "UNKNOWN_WORKLOAD",
                        "unknown workload 'cifar_cn', did you mean 'cifar-cnn'? (known: cifar-cnn, exec, sleep)"),
                Arguments.of(
                        object("workload", "/bin/sh"),
                        "training.workload",
                        "UNKNOWN_WORKLOAD",
                        "unknown workload '/bin/sh' (known:"),
                Arguments.of(object("workload", "cifar-cnn"), "training.dataset", "MISSING_FIELD", "is required"),
                Arguments.of(
                        StudyFiles.with(cnn, "dataset", "cifar-10"),
                        "training.dataset",
                        "UNKNOWN_VALUE",
                        "must be one of cifar100, cifar10, shapes, folder:NAME"),
                Arguments.of(
                        StudyFiles.with(cnn, "dataset", "folder:../etc"),
                        "training.dataset",
                        "UNKNOWN_VALUE",
                        "folder:NAME, got 'folder:../etc'"),
                Arguments.of(
                        StudyFiles.with(cnn, "imageSize", 3),
                        "training.imageSize",
                        "INVALID_FIELD",
                        "from 4 to 512, got '3'"),
                Arguments.of(
                        StudyFiles.with(cnn, "epochs", 0),
                        "training.epochs",
                        "INVALID_FIELD",
                        "from 1 to 10000, got '0'"),
                Arguments.of(
                        StudyFiles.with(cnn, "epochs", 10_001), "training.epochs", "INVALID_FIELD", "from 1 to 10000"),
                Arguments.of(
                        StudyFiles.with(cnn, "protocol", "Honest"),
                        "training.protocol",
                        "UNKNOWN_VALUE",
                        "did you mean 'honest'?"),
                Arguments.of(
                        StudyFiles.with(cnn, "widthFactor", 0),
                        "training.widthFactor",
                        "INVALID_FIELD",
                        "must be a number from 0.01 to 16.0, got '0'"),
                Arguments.of(
                        StudyFiles.with(cnn, "widthFactor", Double.NaN),
                        "training.widthFactor",
                        "INVALID_FIELD",
                        "got 'NaN'"),
                Arguments.of(
                        StudyFiles.with(cnn, "width_factor", 1),
                        "training.width_factor",
                        "UNKNOWN_FIELD",
                        "did you mean 'widthFactor'?"),
                Arguments.of(
                        StudyFiles.with(cnn, "subset", 5_000), "training.subset", "INVALID_FIELD", "must be an object"),
                Arguments.of(
                        StudyFiles.with(cnn, "subset.train", -1),
                        "training.subset.train",
                        "INVALID_FIELD",
                        "from 0 to 10000000"),
                Arguments.of(
                        StudyFiles.with(cnn, "subset.trian", 1),
                        "training.subset.trian",
                        "UNKNOWN_FIELD",
                        "did you mean 'train'?"),
                Arguments.of(
                        StudyFiles.with(sleep, "epochDuration", "1s"),
                        "training.epochDuration",
                        "INVALID_FIELD",
                        "ISO-8601"),
                Arguments.of(
                        StudyFiles.with(sleep, "epochDuration", "PT24H0.001S"),
                        "training.epochDuration",
                        "INVALID_FIELD",
                        "must be from PT0S to PT24H"),
                Arguments.of(
                        StudyFiles.with(sleep, "epochDuration", "P99999999999999D"),
                        "training.epochDuration",
                        "INVALID_FIELD",
                        "P99999999999999D"),
                Arguments.of(object("workload", "exec"), "training.program", "MISSING_FIELD", "is required"),
                Arguments.of(
                        StudyFiles.with(exec, "program", "python train.py"),
                        "training.program",
                        "INVALID_FIELD",
                        "must be a program's name"),
                Arguments.of(
                        StudyFiles.with(exec, "command", "rm"),
                        "training.command",
                        "UNKNOWN_FIELD",
                        "known here: arguments, epochs, program, timeout, workload"),
                Arguments.of(
                        StudyFiles.with(exec, "timeout", "PT0S"),
                        "training.timeout",
                        "INVALID_FIELD",
                        "must be more than PT0S"),
                Arguments.of(
                        StudyFiles.with(exec, "timeout", "P31D"),
                        "training.timeout",
                        "INVALID_FIELD",
                        "must be from PT0S to"),
                Arguments.of(
                        StudyFiles.with(exec, "arguments", "small"),
                        "training.arguments",
                        "INVALID_FIELD",
                        "must be an object"),
                Arguments.of(
                        StudyFiles.with(sleep, "dataset", "cifar100"),
                        "training.dataset",
                        "UNKNOWN_FIELD",
                        "known here: epochDuration, epochs, workload"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldNamePathCodeAndValueOfWhatIsWrong(Map<String, Object> tree, String path, String code, String message) {
        InvalidStudyException refusal =
                catchThrowableOfType(InvalidStudyException.class, () -> TrainingSettings.read(tree));

        assertThat(refusal.problems()).hasSize(1);
        Problem problem = refusal.problems().get(0);
        assertThat(problem.path()).isEqualTo(path);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.message()).contains(message);
    }

    @Test
    void shouldSuggestOnlyWhatIsNear() {
        assertThat(Spelling.nearest("concurency", List.of("concurrency", "objective")))
                .contains("concurrency");
        assertThat(Spelling.nearest("lr", List.of("pool", "name"))).isEmpty();
        assertThat(Spelling.nearest("", List.of("pool"))).isEmpty();
        assertThat(Spelling.nearest("x".repeat(1_000), List.of("pool"))).isEmpty();
        assertThat(Spelling.hint("nmae", List.of("name", "pool"))).isEqualTo(", did you mean 'name'?");
    }
}

package io.trialstream.contracts.study;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.trialstream.contracts.study.TreeReader.UnknownFields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a trial trains, apart from its configuration. Workloads and data sets are names, never paths or URLs. */
public sealed interface TrainingSettings permits CnnTraining, ExecTraining, SleepTraining {

    /** The workloads that trainers know. */
    List<String> WORKLOADS = List.of(CnnTraining.WORKLOAD, ExecTraining.WORKLOAD, SleepTraining.WORKLOAD);

    /** The most epochs that a training may have. */
    int MAX_EPOCHS = 10_000;

    /** The workload's name in a study file. */
    String workload();

    /** The data set that it needs; empty where it needs none. */
    default Optional<String> datasetName() {
        return Optional.empty();
    }

    /** The program of the trainers' allow-list that it needs; empty where it needs none. */
    default Optional<String> programName() {
        return Optional.empty();
    }

    /** How long a run may take, where the study says so. */
    default Optional<Duration> runLimit() {
        return Optional.empty();
    }

    /** The metrics of each epoch, as far as this release knows: a study can optimise any of them. */
    List<String> metrics();

    /** The keys that every configuration needs, as far as this release knows. */
    List<String> requiredKeys();

    /** How many epochs a complete training has. */
    int epochs();

    /**
     * The same with another number of epochs.
     *
     * @throws IllegalArgumentException if it is not from 1 to {@link #MAX_EPOCHS}
     */
    TrainingSettings withEpochs(int epochs);

    /** The form that it has in a study file. */
    @JsonValue
    Map<String, Object> toTree();

    /**
     * Reads the {@code training} part of a study file.
     *
     * @throws InvalidStudyException naming every field that is wrong
     */
    static TrainingSettings read(Map<String, Object> tree) {
        return read(tree, UnknownFields.REFUSED);
    }

    /**
     * Reads settings out of a message; fields of a newer release are ignored.
     *
     * @throws InvalidStudyException naming every field that is wrong
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TrainingSettings ofMessage(Map<String, Object> tree) {
        return read(tree, UnknownFields.IGNORED);
    }

    /** The number of epochs, if a training may have so many. */
    static int requireEpochs(int epochs) {
        if (epochs < 1 || epochs > MAX_EPOCHS) {
            throw new IllegalArgumentException("epochs must be from 1 to " + MAX_EPOCHS + ", got " + epochs);
        }
        return epochs;
    }

    private static TrainingSettings read(Map<String, Object> tree, UnknownFields unknownFields) {
        ProblemList problems = new ProblemList();
        TrainingSettings settings = read(new TreeReader("training", tree, problems, unknownFields));
        problems.throwIfAny();
        return settings;
    }

    /** Reads from a part of a larger tree; problems are collected by the reader. Null where it cannot be read. */
    static TrainingSettings read(TreeReader tree) {
        String workload = tree.requiredText("workload");
        if (workload == null) {
            return null;
        }
        return switch (workload) {
            case CnnTraining.WORKLOAD -> CnnTraining.read(tree);
            case ExecTraining.WORKLOAD -> ExecTraining.read(tree);
            case SleepTraining.WORKLOAD -> SleepTraining.read(tree);
            default -> {
                tree.problem(
                        "workload",
                        "UNKNOWN_WORKLOAD",
                        "unknown workload '" + workload + "'" + Spelling.hint(workload, WORKLOADS) + " (known: "
                                + String.join(", ", WORKLOADS) + ")");
                yield null;
            }
        };
    }
}

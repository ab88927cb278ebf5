package io.trialstream.contracts.study;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A study file as read and checked: what its author asks for. Equal when the files say the same.
 *
 * @param name unique among the studies that are not deleted
 * @param objective what is optimised
 * @param sampler the sampler's type and parameters, without the seed
 * @param seed every suggestion, weight and data order derives from it; drawn at creation where the file has none
 * @param budget when the study is over
 * @param concurrency how many trials run at once at most; empty for as many as there are slots
 * @param pool whose trainers train it
 * @param training what a trial trains
 * @param enqueue the configurations to try first
 * @param space where configurations come from
 * @param grid how the space's quantised distributions treat their bounds
 */
public record StudySpec(
        String name,
        Objective objective,
        Map<String, Object> sampler,
        OptionalLong seed,
        Budget budget,
        OptionalInt concurrency,
        String pool,
        TrainingSettings training,
        List<Configuration> enqueue,
        SearchSpace space,
        GridPolicy grid) {

    /** How many parameters a space may have. */
    public static final int MAX_PARAMETERS = 500;
    /** How many characters the labels of a space may have together: each record of a trial repeats them. */
    public static final int MAX_LABELS = 65_536;
    /** How many configurations one call may enqueue. */
    public static final int MAX_ENQUEUED = 1_000;

    /** Copies the enqueued configurations; {@link #read} has checked the rest. */
    public StudySpec {
        enqueue = List.copyOf(enqueue);
    }

    /**
     * Reads a study file's tree, as a YAML or JSON parser yields it.
     *
     * @throws InvalidStudyException naming every field that is wrong
     */
    public static StudySpec read(Map<String, Object> tree) {
        return StudyReading.of(tree).spec();
    }

    /**
     * Reads the study of a message; fields of a newer release are ignored.
     *
     * @throws InvalidStudyException naming every field that is wrong
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static StudySpec ofMessage(Map<String, Object> tree) {
        return StudyFile.readMessage(tree);
    }

    /** The form that it has in a study file, defaults filled in. */
    @JsonValue
    public Map<String, Object> toTree() {
        return StudyFile.write(this);
    }

    /**
     * Reads configurations that a user gives for this study's space.
     *
     * @throws InvalidStudyException naming every element and field that is wrong
     */
    public List<Configuration> readConfigurations(List<?> trees) {
        ProblemList problems = new ProblemList();
        List<Configuration> configurations = StudyFile.enqueued(trees, space, problems);
        problems.throwIfAny();
        return configurations;
    }

    /** The same study with this seed. */
    public StudySpec withSeed(long newSeed) {
        return new StudySpec(
                name,
                objective,
                sampler,
                OptionalLong.of(newSeed),
                budget,
                concurrency,
                pool,
                training,
                enqueue,
                space,
                grid);
    }

    /** The name of the sampler. */
    public String samplerType() {
        return (String) sampler.get("type");
    }
}

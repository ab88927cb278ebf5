package io.trialstream.contracts.study;

import io.trialstream.space.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A study file as read.
 *
 * @param spec what its author asks for
 * @param warnings what is allowed, but hardly meant
 */
public record StudyReading(StudySpec spec, List<Problem> warnings) {

    /** Copies the warnings. */
    public StudyReading {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a study file's tree, as a YAML or JSON parser yields it.
     *
     * @throws InvalidStudyException naming every field that is wrong
     */
    public static StudyReading of(Map<String, Object> tree) {
        List<Problem> warnings = new ArrayList<>();
        StudySpec spec = StudyFile.readWritten(tree, warnings::add);
        return new StudyReading(spec, warnings);
    }
}

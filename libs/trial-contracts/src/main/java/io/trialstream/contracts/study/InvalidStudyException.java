package io.trialstream.contracts.study;

import io.trialstream.space.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A study file is wrong; each problem names its field. */
public final class InvalidStudyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** At least one problem. */
    public InvalidStudyException(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}

package io.trialstream.space;

import java.util.List;
import java.util.stream.Collectors;

/** A refusal that lists everything that is wrong, not only the first thing. */
public abstract class ProblemsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Takes at least one problem; the message joins them, one a line. */
    protected ProblemsException(String subject, List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n  ", subject + ":\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    /** Everything found, in the order of the input. */
    public List<Problem> problems() {
        return problems;
    }
}

package io.trialstream.cli.client;

/** The server refused a request, and says why. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Carries what the server said. */
    public ProblemException(Problem problem) {
        super(problem.title());
        this.problem = problem;
    }

    /** Answers what the server said. */
    public Problem problem() {
        return problem;
    }
}

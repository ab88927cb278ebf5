package io.trialstream.space;

import java.util.List;

/** A tree that is not a search space. */
public final class InvalidSpaceException extends ProblemsException {
    private static final long serialVersionUID = 1L;

    /** Takes at least one problem. */
    public InvalidSpaceException(List<Problem> problems) {
        super("invalid search space", problems);
    }
}

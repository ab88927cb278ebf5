package io.trialstream.space;

import java.util.List;

/** Values that are not a configuration of the space they were offered to. */
public final class InvalidConfigurationException extends ProblemsException {
    private static final long serialVersionUID = 1L;

    /** Takes at least one problem. */
    public InvalidConfigurationException(List<Problem> problems) {
        super("invalid configuration", problems);
    }
}

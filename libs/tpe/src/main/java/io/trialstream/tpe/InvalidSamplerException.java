package io.trialstream.tpe;

import io.trialstream.space.Problem;
import io.trialstream.space.ProblemsException;
import java.util.List;

/** Sampler settings that cannot be used. */
public final class InvalidSamplerException extends ProblemsException {
    private static final long serialVersionUID = 1L;

    /** Takes at least one problem. */
    public InvalidSamplerException(List<Problem> problems) {
        super("invalid sampler", problems);
    }
}

package io.trialstream.trainer.workload;

import java.util.Objects;

/** The run broke off for a reason that has a code of its own; the configuration is not at fault. */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code as events, logs and the API show it, such as {@code PROGRAM_FAILED}
     * @param reason for people
     */
    public RunFailedException(String code, String reason) {
        super(reason);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The error code that events, logs and the API share. */
    public String code() {
        return code;
    }
}

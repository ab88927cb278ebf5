package io.trialstream.trainer.dataset;

/**
 * A data set cannot be had on this machine: absent, unreachable, truncated or corrupt. The message says which and
 * where.
 */
public final class DatasetUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason for people: what was looked for where, and what to do */
    public DatasetUnavailableException(String reason) {
        super(reason);
    }

    /** @param reason for people; {@code cause} is what stopped it */
    public DatasetUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}

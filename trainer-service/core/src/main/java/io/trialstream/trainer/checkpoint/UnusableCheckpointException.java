package io.trialstream.trainer.checkpoint;

/** A checkpoint cannot be gone on from: cut short, damaged, gone, of a newer form. The message says which and why. */
public final class UnusableCheckpointException extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code reason} is for people. */
    public UnusableCheckpointException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** {@code reason} is for people. */
    public UnusableCheckpointException(String reason) {
        super(reason);
    }
}

package io.trialstream.cli.stack;

/** The stack cannot do what it was asked to; the message is for its user. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what went wrong. */
    public StackException(String message) {
        super(message);
    }

    /** Says what went wrong and because of what. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}

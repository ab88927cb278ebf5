package io.trialstream.cli.client;

/** The server answered something that this client does not understand. */
public final class UnexpectedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was not understood. */
    public UnexpectedAnswerException(String message) {
        super(message);
    }
}

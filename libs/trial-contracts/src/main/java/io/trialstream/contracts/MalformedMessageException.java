package io.trialstream.contracts;

/** A record is not the message that its topic carries: it belongs to the dead letters. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final DeadLetterCode code;

    /** A fault of this kind; the message says what is wrong, for people. */
    public MalformedMessageException(DeadLetterCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** {@code NOT_JSON}, {@code NOT_AN_OBJECT}, {@code MISSING_FIELD} or {@code INVALID_FIELD}. */
    public DeadLetterCode code() {
        return code;
    }
}

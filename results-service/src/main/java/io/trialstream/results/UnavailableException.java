package io.trialstream.results;

/**
 * A system that an answer needs does not respond: the database, the broker, the artifact store or the suggester. The
 * message names it, for users; trying again later may help.
 */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The system in the message did not respond. */
    public UnavailableException(String message) {
        super(message);
    }

    /** The system in the message did not respond, for this reason. */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

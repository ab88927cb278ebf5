package io.trialstream.cli.client;

/** Nobody answers where the server should be. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the address and why it could not be reached. */
    public UnreachableException(String url, Throwable cause) {
        super("no answer from " + url + " (" + reason(cause) + ")", cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}

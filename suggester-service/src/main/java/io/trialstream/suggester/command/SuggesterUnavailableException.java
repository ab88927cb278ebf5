package io.trialstream.suggester.command;

/** The suggester is not in charge at the moment: it starts, rebuilds its state or stops. The caller may try again. */
public final class SuggesterUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public SuggesterUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

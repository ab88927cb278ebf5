package io.trialstream.cli;

/** The command cannot do what it was asked to; the message is for its user. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandException(String message) {
        this(message, ExitCodes.FAILURE);
    }

    CommandException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}

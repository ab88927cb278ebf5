package io.trialstream.cli;

/** The command cannot do what it was asked to; the message is for its user. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}

package io.trialstream.infrastructure;

/** A server cannot start on this machine as it is; the message says in one line why and what to do. */
public final class ServerStartException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ServerStartException(String message) {
        super(message);
    }

    ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}

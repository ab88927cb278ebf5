package io.trialstream.contracts;

/**
 * A message was written by a newer release. On a state topic its reader must stop, since skipping it would lose state;
 * on a queue the trainer stops polling.
 */
public final class UnknownVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A message of this kind has this version. */
    public UnknownVersionException(String message, int version) {
        super(message + " has schemaVersion " + version + ", this release reads " + Message.SCHEMA_VERSION
                + ": upgrade this service first");
    }
}

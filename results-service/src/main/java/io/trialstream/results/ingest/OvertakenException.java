package io.trialstream.results.ingest;

/** Another replica ingests, or the topics are not those that were read: what this one read is to be forgotten. */
final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OvertakenException(String message) {
        super(message);
    }
}

package io.trialstream.results.ingest;

/** Another replica has ingested, or the topics have been replaced: what this session has read no longer counts. */
final class StaleIngestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleIngestException(String message) {
        super(message);
    }
}

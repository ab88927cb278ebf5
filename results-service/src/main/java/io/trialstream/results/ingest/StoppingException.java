package io.trialstream.results.ingest;

/** The service stops in the middle of a batch; uncommitted records are read again after the next start. */
final class StoppingException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}

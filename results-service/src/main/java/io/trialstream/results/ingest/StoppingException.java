package io.trialstream.results.ingest;

/** The service is being stopped in the middle of a batch; what was not committed is read again by the next start. */
final class StoppingException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}

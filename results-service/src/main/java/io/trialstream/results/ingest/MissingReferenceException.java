package io.trialstream.results.ingest;

/** A record refers to a study or a trial that is not in the database and may still arrive; nothing was written. */
final class MissingReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingReferenceException() {
        // Control flow, not a failure: no stack trace.
        super("a study or trial is not known yet", null, false, false);
    }
}

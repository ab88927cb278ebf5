package io.trialstream.results.ingest;

/** A record speaks of a study or a trial that is not in the database, and may come yet: nothing was written. */
final class UnknownYetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownYetException() {
        // Says when to go on elsewhere, not what went wrong: where it happened is of no interest.
        super("something unknown is spoken of", null, false, false);
    }
}

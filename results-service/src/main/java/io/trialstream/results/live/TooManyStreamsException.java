package io.trialstream.results.live;

/** This replica serves as many streams of events as it may. */
final class TooManyStreamsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** So many streams are served already. */
    TooManyStreamsException(int streams) {
        super("this replica serves " + streams + " streams already");
    }
}

package io.trialstream.cli;

/** What the process answers to whoever started it. */
final class ExitCodes {
    /** It failed; the reason is on standard error. */
    static final int FAILURE = 1;
    /** Wrong use. */
    static final int USAGE = 2;
    /** The study that was waited for has failed, or has ended without a completed trial. */
    static final int NO_RESULT = 3;

    private ExitCodes() {}
}

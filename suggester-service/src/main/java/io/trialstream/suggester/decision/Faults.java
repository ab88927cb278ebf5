package io.trialstream.suggester.decision;

import java.util.Optional;

/** Exceptions and errors in words, for a study's reason. */
public final class Faults {
    private static final int LONGEST = 500;

    private Faults() {}

    /** The kind of the exception and its message, cut to a readable length. */
    public static String describe(Throwable fault) {
        String message =
                Optional.ofNullable(fault.getMessage()).map(text -> ": " + text).orElse("");
        String all = fault.getClass().getSimpleName() + message;
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "...";
    }
}

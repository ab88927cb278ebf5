package io.trialstream.cli.view;

import java.util.Map;

/**
 * What a table may use.
 *
 * @param columns the width in characters
 * @param colours whether escape sequences for colours are understood, and wanted
 */
public record Screen(int columns, boolean colours) {
    private static final String RESET = "\u001b[0m";

    /** How a piece of text is marked. */
    enum Style {
        PLAIN(""),
        HEADING("\u001b[1m"),
        GOOD("\u001b[32m"),
        BUSY("\u001b[36m"),
        CAUTION("\u001b[33m"),
        BAD("\u001b[31m");

        private final String sequence;

        Style(String sequence) {
            this.sequence = sequence;
        }

        /** The style of a state of a study, a trial, a run or a process. */
        static Style ofState(String state) {
            return switch (state) {
                case "COMPLETED", "FINISHED" -> GOOD;
                case "RUNNING", "runs" -> BUSY;
                case "PAUSED", "PRUNED", "INFEASIBLE", "INTERRUPTED", "leaving", "unready" -> CAUTION;
                case "FAILED", "ERRORED", "ended", "failed" -> BAD;
                default -> PLAIN;
            };
        }
    }

    /** A screen of plain text. */
    public static Screen plain(int columns) {
        return new Screen(columns, false);
    }

    /** The same without a right edge: nothing is cut. */
    public Screen unbounded() {
        return new Screen(Integer.MAX_VALUE, colours);
    }

    /** Whether the environment of a terminal asks for colours (no-color.org). */
    static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    /** Answers the text in this style. */
    String painted(String text, Style style) {
        return colours && style != Style.PLAIN && !text.isEmpty() ? style.sequence + text + RESET : text;
    }
}

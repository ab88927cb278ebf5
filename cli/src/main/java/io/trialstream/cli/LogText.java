package io.trialstream.cli;

import java.util.List;

/** A run's log as it grows: only its new lines are shown. Not for use by several threads. */
final class LogText {
    private final int lastOnly;
    private String run = "";
    private int shown;

    /** {@code lastOnly} bounds the lines of the first look. */
    LogText(int lastOnly) {
        this.lastOnly = lastOnly;
    }

    /** Answers the lines that are new, given the whole text; all of another run's. */
    List<String> more(String ofRun, String text) {
        List<String> all = text.lines().toList();
        boolean first = run.isEmpty();
        if (!ofRun.equals(run) || all.size() < shown) {
            run = ofRun;
            shown = first ? Math.max(0, all.size() - lastOnly) : 0;
        }
        List<String> lines = all.subList(shown, all.size());
        shown = all.size();
        return lines;
    }
}

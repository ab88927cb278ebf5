package io.trialstream.cli.verify;

import java.util.Optional;

/**
 * Two sources disagree.
 *
 * @param code what kind of difference
 * @param trial the trial's number; empty where it is one of the whole study
 * @param text what the sources say
 */
record Difference(Code code, Optional<Integer> trial, String text) {

    /** Kinds of differences. */
    enum Code {
        /** A number was given and the ledger has no trial of it, or the ledger has one beyond. */
        LEDGER_GAP,
        /** The ledger has a trial that readers are not shown. */
        ROW_MISSING,
        /** Readers are shown a trial that the ledger does not have. */
        LEDGER_MISSING,
        /** A trial's configuration differs. */
        CONFIGURATION,
        /** A trial has ended and no outcome was published. */
        OUTCOME_MISSING,
        /** An outcome was published of which readers are not shown, or the other way round, or it says something else. */
        OUTCOME,
        /** Outcomes of one trial differ. */
        OUTCOME_CHANGED,
        /** An evidence number is left out or given twice. */
        EVIDENCE,
        /** The export differs from the list. */
        EXPORT,
        /** The leaderboard differs from the outcomes. */
        LEADERBOARD,
        /** The study's counts differ from its list. */
        COUNTS
    }

    static Difference of(Code code, int trial, String text) {
        return new Difference(code, Optional.of(trial), text);
    }

    static Difference ofStudy(Code code, String text) {
        return new Difference(code, Optional.empty(), text);
    }

    @Override
    public String toString() {
        return code + trial.map(number -> " trial " + number).orElse("") + ": " + text;
    }
}

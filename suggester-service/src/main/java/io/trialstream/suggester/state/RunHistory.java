package io.trialstream.suggester.state;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is remembered of all runs of a trial.
 *
 * @param seen runs that have begun
 * @param ended runs that have said that they end
 * @param lost runs that ended without INTERRUPTED and without a newer checkpoint
 * @param lastWasLost whether the last run that ended is among these
 * @param resumedFrom the newest checkpoint's epoch that a run went on from, 0 for none
 * @param slowestEpoch how many ticks the slowest epoch took, 0 before the first
 */
public record RunHistory(
        Set<String> seen, Set<String> ended, int lost, boolean lastWasLost, int resumedFrom, long slowestEpoch) {
    static final RunHistory NONE = new RunHistory(Set.of(), Set.of(), 0, false, 0, 0);

    boolean hasSeen(String run) {
        return seen.contains(run);
    }

    boolean hasEnded(String run) {
        return ended.contains(run);
    }

    RunHistory withSeen(String run) {
        return new RunHistory(and(seen, run), ended, lost, lastWasLost, resumedFrom, slowestEpoch);
    }

    /** The run goes on from a checkpoint of this epoch; if that is news, the lost run before it was not in vain. */
    RunHistory withStarted(String run, int fromEpoch) {
        boolean pardoned = lastWasLost && fromEpoch > resumedFrom;
        return new RunHistory(
                and(seen, run),
                ended,
                pardoned ? lost - 1 : lost,
                lastWasLost && !pardoned,
                Math.max(resumedFrom, fromEpoch),
                slowestEpoch);
    }

    RunHistory withLost() {
        return new RunHistory(seen, ended, lost + 1, true, resumedFrom, slowestEpoch);
    }

    /** A run ended in order, which does not count. */
    RunHistory withoutLoss() {
        return new RunHistory(seen, ended, lost, false, resumedFrom, slowestEpoch);
    }

    RunHistory withEnded(String run) {
        return new RunHistory(and(seen, run), and(ended, run), lost, lastWasLost, resumedFrom, slowestEpoch);
    }

    RunHistory withEpoch(long ticks) {
        return new RunHistory(seen, ended, lost, lastWasLost, resumedFrom, Math.max(slowestEpoch, Math.max(1, ticks)));
    }

    private static Set<String> and(Set<String> runs, String run) {
        if (runs.contains(run)) {
            return runs;
        }
        Set<String> more = new LinkedHashSet<>(runs);
        more.add(run);
        return more;
    }
}

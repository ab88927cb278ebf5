package io.trialstream.suggester.state;

import java.util.Optional;

/**
 * The run that trains a trial, as its reports and its trainer's heartbeats show it.
 *
 * @param runId the run
 * @param dispatch the dispatch of the trial that it took from the queue
 * @param epoch the last epoch it is known to have finished, 0 before the first
 * @param idle for how many ticks it has been alive since then; silence does not count
 * @param timed whether the beginning of its present epoch was seen, so that its end tells how long it took
 * @param toldStuck the tick at which it was told that it is stuck, if it was
 */
public record ActiveRun(String runId, int dispatch, int epoch, long idle, boolean timed, Optional<Long> toldStuck) {
    /** The next sign of life may come so late: of a longer silence only this much counts. */
    private static final long GAP = 5;

    static ActiveRun begun(String runId, int dispatch, int epoch, boolean timed) {
        return new ActiveRun(runId, dispatch, epoch, 0, timed, Optional.empty());
    }

    boolean is(String run) {
        return runId.equals(run);
    }

    /** It shows that it is alive, so many ticks after the last time. */
    ActiveRun after(long ticks) {
        return new ActiveRun(runId, dispatch, epoch, idle + Math.max(0, Math.min(ticks, GAP)), timed, toldStuck);
    }

    /** It has finished more epochs than was known. */
    ActiveRun reached(int newEpoch) {
        return new ActiveRun(runId, dispatch, newEpoch, 0, true, toldStuck);
    }

    ActiveRun told(long tick) {
        return new ActiveRun(runId, dispatch, epoch, idle, timed, Optional.of(tick));
    }
}

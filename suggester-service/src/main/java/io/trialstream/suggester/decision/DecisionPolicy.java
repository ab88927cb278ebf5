package io.trialstream.suggester.decision;

import io.trialstream.contracts.study.TrainingSettings;
import io.trialstream.suggester.state.Deadlines;
import java.time.Duration;
import java.util.List;

/**
 * The settings on which decisions depend.
 *
 * @param pools the pools that are served
 * @param lookahead how many trials are queued beyond the free slots
 * @param runsLostLimit a trial FAILED when this many of its runs broke off or were lost
 * @param deadlines how long silence may last
 * @param tick how long a tick is
 */
public record DecisionPolicy(List<String> pools, int lookahead, int runsLostLimit, Deadlines deadlines, Duration tick) {

    /** Copies the pools. */
    public DecisionPolicy {
        pools = List.copyOf(pools);
    }

    /**
     * How long silence of this training may last. A user's program tells little of itself: its first epoch may be its
     * only one, and how long that may take is the study's to say.
     */
    public Deadlines deadlines(TrainingSettings training) {
        return training.programName().isEmpty()
                ? deadlines
                : deadlines.patient(training.runLimit().map(this::ticks).orElse(1L));
    }

    private long ticks(Duration time) {
        return time.toMillis() / Math.max(1, tick.toMillis()) + 1;
    }
}

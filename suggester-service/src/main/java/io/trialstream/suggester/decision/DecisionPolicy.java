package io.trialstream.suggester.decision;

import io.trialstream.suggester.state.Deadlines;
import java.util.List;

/**
 * The settings on which decisions depend.
 *
 * @param pools the pools that are served
 * @param lookahead how many trials are queued beyond the free slots
 * @param runsLostLimit a trial FAILED when this many of its runs broke off or were lost
 * @param deadlines how long silence may last
 */
public record DecisionPolicy(List<String> pools, int lookahead, int runsLostLimit, Deadlines deadlines) {

    /** Copies the pools. */
    public DecisionPolicy {
        pools = List.copyOf(pools);
    }
}

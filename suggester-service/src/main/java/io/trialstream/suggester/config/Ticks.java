package io.trialstream.suggester.config;

import io.trialstream.suggester.decision.DecisionPolicy;
import io.trialstream.suggester.state.Deadlines;
import java.time.Duration;

/** The settings' durations, counted in the suggester's ticks. */
public final class Ticks {
    private Ticks() {}

    /** The settings on which decisions depend. */
    public static DecisionPolicy policy(SuggesterSettings settings) {
        return new DecisionPolicy(
                settings.pools(), settings.lookahead(), settings.runsLostLimit(), deadlines(settings), settings.tick());
    }

    /** How long silence may last. */
    private static Deadlines deadlines(SuggesterSettings settings) {
        return new Deadlines(
                settings.lostTicks(),
                of(settings.stuckAfter(), settings),
                settings.stuckFactor(),
                of(settings.firstEpochLimit(), settings),
                settings.passedTicks());
    }

    /** For how long no tick may come back before the broker is taken to be away. */
    public static Duration silence(SuggesterSettings settings) {
        return settings.tick().multipliedBy(settings.silentTicks());
    }

    private static long of(Duration time, SuggesterSettings settings) {
        long tick = settings.tick().toNanos();
        return Math.max(1, (time.toNanos() + tick - 1) / tick);
    }
}

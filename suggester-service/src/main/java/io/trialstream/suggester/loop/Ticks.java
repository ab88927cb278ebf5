package io.trialstream.suggester.loop;

import io.trialstream.suggester.SuggesterSettings;
import io.trialstream.suggester.study.Deadlines;
import java.time.Duration;

/** The settings' durations, counted in the suggester's ticks. */
final class Ticks {
    private Ticks() {}

    /** How long silence may last. */
    static Deadlines deadlines(SuggesterSettings settings) {
        return new Deadlines(
                settings.lostTicks(),
                of(settings.stuckAfter(), settings),
                settings.stuckFactor(),
                of(settings.firstEpochLimit(), settings),
                settings.passedTicks());
    }

    /** For how long no tick may come back before the broker is taken to be away. */
    static Duration silence(SuggesterSettings settings) {
        return settings.tick().multipliedBy(settings.silentTicks());
    }

    private static long of(Duration time, SuggesterSettings settings) {
        long tick = settings.tick().toNanos();
        return Math.max(1, (time.toNanos() + tick - 1) / tick);
    }
}

package io.trialstream.cli.stack;

import java.time.Instant;

/** What a stack's keeper does next about one of its processes. */
enum Step {
    /** All is as it is to be, or its time has not come. */
    NOTHING,
    /** It has ended without being told to: note the reason, and when it is due again. */
    NOTE_END,
    /** It is due. */
    START,
    /** It has lived long enough: its earlier ends do not count any more. */
    SETTLE,
    /** It is to leave, and lives. */
    TELL_TO_END,
    /** It has left. */
    FORGET;

    /** Decides about {@code process}. */
    static Step next(StackProcess process, boolean alive, Instant now) {
        if (process.leaving()) {
            return alive ? TELL_TO_END : FORGET;
        }
        return alive ? whileAlive(process, now) : whileDead(process, now);
    }

    private static Step whileAlive(StackProcess process, Instant now) {
        Instant started = Instant.ofEpochMilli(process.identity().startedAtMillis());
        boolean stable = !now.isBefore(started.plus(Restarts.STABLE_AFTER));
        return stable && process.restarts().inARow() > 0 ? SETTLE : NOTHING;
    }

    private static Step whileDead(StackProcess process, Instant now) {
        Restarts restarts = process.restarts();
        if (restarts.givenUp()) {
            return NOTHING;
        }
        if (restarts.isPending()) {
            return restarts.isDue(now) ? START : NOTHING;
        }
        return process.identity().equals(ProcessIdentity.NONE) ? START : NOTE_END;
    }
}

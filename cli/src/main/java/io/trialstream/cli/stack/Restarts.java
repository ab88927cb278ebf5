package io.trialstream.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of a process's unexpected ends.
 *
 * @param total how often it was started again
 * @param inARow how often it has ended without having lived for {@link #STABLE_AFTER} in between
 * @param why the reason of its last unexpected end; empty where there was none
 * @param endedAtMillis when that was noticed, as milliseconds since the epoch; 0 where there was none
 * @param dueAtMillis when it is to be started again; 0 where that is not pending
 * @param givenUp whether it is not started again before somebody asks for it
 */
public record Restarts(int total, int inARow, String why, long endedAtMillis, long dueAtMillis, boolean givenUp) {
    /** A process that has never ended unexpectedly. */
    public static final Restarts NONE = new Restarts(0, 0, "", 0, 0, false);

    /** A process that has lived for so long is taken to be well again. */
    static final Duration STABLE_AFTER = Duration.ofMinutes(1);
    /** So many ends in a row, over about five minutes, are not mended by one more start. */
    static final int LIMIT = 10;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration WHILE_WAITING = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** The process has ended unexpectedly: it is due again after a pause that doubles each time, or given up. */
    Restarts ended(String reason, Instant now) {
        boolean last = inARow + 1 > LIMIT;
        long due = last ? 0 : now.plus(pauseBefore(inARow + 1)).toEpochMilli();
        return new Restarts(total, inARow + 1, reason, now.toEpochMilli(), due, last);
    }

    /** It cannot be started for something that passes by itself or not: it waits, and that does not count. */
    Restarts postponed(String reason, Instant now) {
        return new Restarts(
                total,
                inARow,
                reason,
                now.toEpochMilli(),
                now.plus(WHILE_WAITING).toEpochMilli(),
                false);
    }

    /** It is being started again. */
    Restarts begun() {
        return new Restarts(endedAtMillis == 0 ? total : total + 1, inARow, why, endedAtMillis, 0, false);
    }

    /** It has lived long enough. */
    Restarts settled() {
        return new Restarts(total, 0, why, endedAtMillis, dueAtMillis, givenUp);
    }

    /** Somebody has asked for it to be started again at once. */
    Restarts askedFor(Instant now) {
        return new Restarts(total, 0, why, endedAtMillis, now.toEpochMilli(), false);
    }

    /** Whether its start is pending, due or not. */
    @JsonIgnore
    boolean isPending() {
        return dueAtMillis > 0;
    }

    boolean isDue(Instant now) {
        return isPending() && dueAtMillis <= now.toEpochMilli();
    }

    static Duration pauseBefore(int restart) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(restart - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}

package io.trialstream.suggester.loop;

import java.time.Duration;

/**
 * How long the loop pauses before it rebuilds its state: twice as long each time, until a term has lasted. Confined to
 * the suggester's loop.
 */
final class Rebuilds {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(8);
    /** A term that was in charge for so long begins a new row. */
    static final Duration STEADY = Duration.ofMinutes(1);

    private int inARow;
    private long inChargeSince;
    private boolean inCharge;

    /** A term is in charge. */
    void inCharge(long nanos) {
        inCharge = true;
        inChargeSince = nanos;
    }

    /** The pause after what has failed now. */
    Duration pause(long nanos) {
        if (inCharge && nanos - inChargeSince >= STEADY.toNanos()) {
            inARow = 0;
        }
        inCharge = false;
        Duration pause = FIRST;
        for (int i = 0; i < inARow && pause.compareTo(LONGEST) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        inARow++;
        return pause;
    }

    /** How many times in a row the state had to be rebuilt. */
    int inARow() {
        return inARow;
    }
}

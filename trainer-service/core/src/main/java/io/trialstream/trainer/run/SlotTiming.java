package io.trialstream.trainer.run;

import java.time.Duration;

/**
 * The intervals and time-outs of a slot.
 *
 * @param poll for a trial, each time
 * @param renewal between two renewals of a lock
 * @param check between two checks for commands that interrupt a run
 * @param grace for a workload to react to an interrupt
 */
public record SlotTiming(Duration poll, Duration renewal, Duration check, Duration grace) {

    /** For a lock of this duration, which is renewed after a third of it. */
    public static SlotTiming forLock(Duration poll, Duration lockDuration) {
        return new SlotTiming(poll, lockDuration.dividedBy(3), Duration.ofMillis(200), Duration.ofSeconds(10));
    }
}

package io.trialstream.trainer.run;

import java.time.Duration;

/**
 * How long a slot waits for what.
 *
 * @param poll for a trial, each time
 * @param renewal between two renewals of a lock
 * @param check between two looks at what may break a run off
 * @param grace for a workload to answer when it is broken off
 */
public record SlotTiming(Duration poll, Duration renewal, Duration check, Duration grace) {

    /** What suits a lock of this duration: it is renewed at a third of it. */
    public static SlotTiming forLock(Duration poll, Duration lockDuration) {
        return new SlotTiming(poll, lockDuration.dividedBy(3), Duration.ofMillis(200), Duration.ofSeconds(10));
    }
}

package io.trialstream.suggester.state;

import java.util.Optional;

/**
 * Where a trial's record stands in its pool's queue.
 *
 * @param offset its offset, once the broker has it
 * @param passedAt the tick at which the queue was first seen to have passed it
 */
public record QueuePlace(Optional<Long> offset, Optional<Long> passedAt) {
    static final QueuePlace UNKNOWN = new QueuePlace(Optional.empty(), Optional.empty());

    static QueuePlace at(long offset) {
        return new QueuePlace(Optional.of(offset), Optional.empty());
    }

    QueuePlace queueBeginsAt(long begin, long tick) {
        boolean passes = passedAt.isEmpty() && offset.filter(own -> own < begin).isPresent();
        return passes ? new QueuePlace(offset, Optional.of(tick)) : this;
    }

    /** Whether it was passed more than {@code ticks} ago; reports of a run come before the queue passes its record. */
    boolean isPassed(long tick, long ticks) {
        return passedAt.filter(since -> tick - since > ticks).isPresent();
    }
}

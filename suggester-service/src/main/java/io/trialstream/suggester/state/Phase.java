package io.trialstream.suggester.state;

/** The phases of an open trial by name, as the gauges show them. */
public enum Phase {
    /** {@link Waiting}. */
    WAITING,
    /** {@link Queued}. */
    QUEUED,
    /** {@link Started}. */
    STARTED,
    /** {@link BrokenOff}. */
    BROKEN_OFF,
    /** {@link Settling}. */
    SETTLING,
    /** {@link Settled}. */
    SETTLED
}

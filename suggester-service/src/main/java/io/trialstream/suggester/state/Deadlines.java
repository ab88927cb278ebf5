package io.trialstream.suggester.state;

/**
 * How long silence may last, in the suggester's ticks.
 *
 * @param lost a run without a heartbeat for more than so many ticks is lost; one that was told that it is stuck has as long
 *     to end
 * @param stuck a run that is alive and finishes no epoch for so long is stuck, unless its epochs are slow
 * @param stuckFactor an epoch may also take so many times as long as its trial's slowest one
 * @param firstEpoch how long an epoch may take while no whole epoch of its trial was seen
 * @param passed how long a run may show itself after the queue has passed its trial's record
 */
public record Deadlines(long lost, long stuck, int stuckFactor, long firstEpoch, long passed) {

    /** Refuses values under which every trial would be given up at once. */
    public Deadlines {
        requirePositive("lost", lost);
        requirePositive("stuck", stuck);
        requirePositive("stuckFactor", stuckFactor);
        requirePositive("firstEpoch", firstEpoch);
        requirePositive("passed", passed);
    }

    /**
     * How many ticks a run may be alive without finishing an epoch.
     *
     * @param slowest how many ticks its trial's slowest epoch took, 0 where none is known
     */
    long epoch(long slowest) {
        return slowest == 0 ? firstEpoch : Math.max(stuck, stuckFactor * slowest);
    }

    /** The same where an epoch may take so long in any case. */
    public Deadlines patient(long ticks) {
        long longest = Math.max(firstEpoch, ticks);
        return new Deadlines(lost, Math.max(stuck, longest), stuckFactor, longest, passed);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }
}

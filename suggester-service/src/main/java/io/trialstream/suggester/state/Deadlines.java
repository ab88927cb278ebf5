package io.trialstream.suggester.state;

/**
 * How long silence may last, in the suggester's ticks.
 *
 * @param lost a run that no heartbeat named for more than so many ticks is lost; one that was told that it is stuck has
 *     as long to end
 * @param stuck a run that is alive and finishes no epoch for so long is stuck, unless its epochs are slow
 * @param stuckFactor it may also take so many times its trial's slowest epoch
 * @param firstEpoch how long an epoch may take of a trial of which no whole epoch was seen yet
 * @param passed how long after the queue has passed a trial's record a sign of a run is waited for
 */
public record Deadlines(long lost, long stuck, int stuckFactor, long firstEpoch, long passed) {

    /** Refuses what would give every trial up at once. */
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

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }
}

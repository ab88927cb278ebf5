package io.trialstream.trainer;

import io.trialstream.trainer.heartbeat.LiveRuns;
import java.time.Duration;

/**
 * What a trainer must know to run.
 *
 * @param trainerId its name
 * @param pool the pool it serves
 * @param slots how many trials it trains at once
 * @param heartbeatInterval how often it gives a sign of life
 * @param lockDuration how long the queue keeps a trial without renewal
 * @param pollTimeout how long one request for a trial waits
 * @param drainTimeout how long epochs may take to finish when it is to stop
 * @param allowSlowEngine whether it trains although the engine's check found something
 */
public record TrainerSettings(
        String trainerId,
        String pool,
        int slots,
        Duration heartbeatInterval,
        Duration lockDuration,
        Duration pollTimeout,
        Duration drainTimeout,
        boolean allowSlowEngine) {

    /** Refuses what cannot work, naming the key. */
    public TrainerSettings {
        if (slots < 1) {
            throw new IllegalArgumentException("trialstream.trainer.slots must be at least 1, got " + slots);
        }
        requirePositive("heartbeat-interval", heartbeatInterval);
        requirePositive("lock-duration", lockDuration);
        requirePositive("poll-timeout", pollTimeout);
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "trialstream.trainer.drain-timeout must not be negative, got " + drainTimeout);
        }
    }

    /** The settings that the configuration asks for; a name is made up where it gives none. */
    public static TrainerSettings from(TrainerConfiguration configuration) {
        return new TrainerSettings(
                configuration.id().orElseGet(TrainerId::generate),
                configuration.pool(),
                configuration.slots(),
                configuration.heartbeatInterval(),
                configuration.lockDuration(),
                configuration.pollTimeout(),
                configuration.drainTimeout(),
                configuration.allowSlowEngine());
    }

    /** The longest time between two signs of life of a healthy trainer. */
    Duration silence() {
        return heartbeatInterval.multipliedBy(LiveRuns.SILENT_INTERVALS);
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("trialstream.trainer." + key + " must be positive, got " + value);
        }
    }
}

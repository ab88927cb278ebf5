package io.trialstream.trainer.heartbeat;

import io.trialstream.contracts.Capability;
import java.util.List;
import java.util.function.Supplier;

/**
 * What does not change while a trainer lives.
 *
 * @param trainerId its name, never used by another process
 * @param pool the pool it takes trials from
 * @param slots how many trials it trains at once
 * @param engine the training engine and its version
 * @param device what it trains on, for people
 * @param capabilities what it can run at the moment
 */
public record TrainerIdentity(
        String trainerId,
        String pool,
        int slots,
        String engine,
        String device,
        Supplier<List<Capability>> capabilities) {}

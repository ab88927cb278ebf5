package io.trialstream.trainer.workload;

import io.trialstream.contracts.study.Objective;

/**
 * What a run belongs to and where it leaves files while it trains.
 *
 * @param runId names this run of the trial
 * @param objective what the study optimises
 * @param artifacts takes files at any time, on the run's thread
 */
public record RunContext(String runId, Objective objective, ArtifactSink artifacts) {}

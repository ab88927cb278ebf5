package io.trialstream.trainer.heartbeat;

/**
 * A run as the last heartbeat of its trainer named it.
 *
 * @param trainerId who runs it
 * @param runId the run
 * @param dispatch the dispatch of the trial that it trains
 * @param sequence the number of that heartbeat
 */
public record Sighting(String trainerId, String runId, int dispatch, long sequence) {}

package io.trialstream.trainer.run;

import io.trialstream.trainer.heartbeat.ActiveRuns;
import java.time.Clock;

/**
 * What all slots of a trainer share.
 *
 * @param trainerId the trainer's name
 * @param workloads what it can run
 * @param engine what it trains with
 * @param checkpoints what interrupted trials go on from
 * @param artifacts what runs leave
 * @param reporter where it reports to
 * @param view what it knows of the world
 * @param runs what its heartbeats name
 * @param drain whether it is to stop
 * @param listener who counts
 * @param timing how long slots wait for what
 * @param clock for the times in reports
 */
public record SlotContext(
        String trainerId,
        Workloads workloads,
        EngineDescription engine,
        Checkpoints checkpoints,
        Artifacts artifacts,
        TrialReporter reporter,
        ClusterView view,
        ActiveRuns runs,
        Drain drain,
        RunListener listener,
        SlotTiming timing,
        Clock clock) {}

package io.trialstream.trainer.run;

import io.trialstream.trainer.heartbeat.ActiveRuns;
import java.time.Clock;

/**
 * What all slots of a trainer share.
 *
 * @param trainerId the trainer's name
 * @param resources what runs are made with
 * @param reporting whom runs are reported to
 * @param view what is known of studies, commands and other trainers
 * @param control what paces and stops the slots
 */
public record SlotContext(
        String trainerId, TrialResources resources, RunReporting reporting, ClusterView view, SlotControl control) {

    EngineDescription engine() {
        return resources.engine();
    }

    Workloads workloads() {
        return resources.workloads();
    }

    Checkpoints checkpoints() {
        return resources.checkpoints();
    }

    Artifacts artifacts() {
        return resources.artifacts();
    }

    TrialReporter reporter() {
        return reporting.reporter();
    }

    ActiveRuns runs() {
        return reporting.runs();
    }

    RunListener listener() {
        return reporting.listener();
    }

    Drain drain() {
        return control.drain();
    }

    SlotTiming timing() {
        return control.timing();
    }

    Clock clock() {
        return control.clock();
    }
}

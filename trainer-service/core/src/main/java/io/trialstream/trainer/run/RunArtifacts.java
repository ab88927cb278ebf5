package io.trialstream.trainer.run;

import io.trialstream.artifacts.ArtifactId;
import io.trialstream.artifacts.ArtifactStore;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.artifact.BlueprintDrawing;
import io.trialstream.trainer.artifact.EventLog;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.WorkloadRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The artifacts of one run: a drawing of its network, its scalars as TensorBoard reads them, its log, and the files of
 * its workload. Event file and log are stored with each checkpoint and at the end, so that they cover the epochs from
 * which another run can resume. Confined to the training thread.
 */
final class RunArtifacts {
    private static final Logger LOG = LoggerFactory.getLogger(RunArtifacts.class);

    private final ArtifactStore store;
    private final boolean weights;
    private final Run run;
    private final Clock clock;
    private final String eventFile;
    private final EventLog events;
    private final RunLog log;

    RunArtifacts(ArtifactStore store, boolean weights, Run run, Clock clock) {
        this.store = store;
        this.weights = weights;
        this.run = run;
        this.clock = clock;
        this.eventFile = "events.out.tfevents." + clock.instant().getEpochSecond() + ".trialstream";
        this.events = new EventLog(clock.instant());
        this.log = new RunLog(run, clock);
    }

    /** The run's log, for people. */
    RunLog log() {
        return log;
    }

    void draw(NetworkBlueprint blueprint) {
        put("blueprint.svg", BlueprintDrawing.svg(blueprint));
        put("blueprint.dot", BlueprintDrawing.dot(blueprint));
    }

    void epoch(EpochMetrics epoch) {
        events.scalars(clock.instant(), epoch.epoch(), epoch.metrics());
        log.epoch(epoch);
    }

    void distributions(int epoch, Map<String, float[]> values) {
        events.histograms(clock.instant(), epoch, values);
    }

    /** Stores the scalars and the log so far. */
    void storeEvents() {
        byte[] bytes = events.toBytes();
        put(eventFile, out -> out.write(bytes));
        byte[] lines = log.toBytes();
        put(RunLog.NAME, out -> out.write(lines));
    }

    /** Adds the closing metrics and stores the workload's files. */
    RunArtifacts completed(WorkloadRun workload, int epoch, Map<String, Double> closing) {
        events.scalars(clock.instant(), epoch, closing);
        if (weights) {
            workload.leave(this::put);
        }
        return this;
    }

    private void put(String name, String text) {
        put(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Stores a file; one that cannot be stored is logged. */
    void put(String name, ArtifactStore.Content content) {
        try {
            store.put(new ArtifactId(run.studyId(), run.number(), run.runId(), name), content);
        } catch (IOException e) {
            LOG.warn(
                    "an artifact was not stored trialId={} runId={} name={}: {}",
                    run.trialId(),
                    run.runId(),
                    name,
                    e.toString());
        }
    }
}

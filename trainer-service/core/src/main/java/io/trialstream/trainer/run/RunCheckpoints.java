package io.trialstream.trainer.run;

import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrialReport.ResumePoint;
import io.trialstream.trainer.checkpoint.CheckpointHeader;
import io.trialstream.trainer.checkpoint.CheckpointHeader.Fingerprint;
import io.trialstream.trainer.checkpoint.CheckpointId;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.CheckpointStore;
import io.trialstream.trainer.checkpoint.StoredCheckpoint;
import io.trialstream.trainer.checkpoint.UnusableCheckpointException;
import io.trialstream.trainer.workload.CheckpointWish;
import io.trialstream.trainer.workload.WorkloadRun;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run: the one it resumes from and those it writes. Its two newest are kept, so that a damaged
 * one has a predecessor. Confined to the training thread.
 */
final class RunCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(RunCheckpoints.class);
    private static final int KEPT = 2;

    private final CheckpointStore store;
    private final CheckpointSettings settings;
    private final Run run;
    private final Fingerprint fingerprint;
    private final Deque<CheckpointId> own = new ArrayDeque<>();
    private Optional<ResumePoint> resumedFrom = Optional.empty();
    private long writtenAt = System.nanoTime();

    RunCheckpoints(CheckpointStore store, CheckpointSettings settings, Run run, Fingerprint fingerprint) {
        this.store = store;
        this.settings = settings;
        this.run = run;
        this.fingerprint = fingerprint;
    }

    /**
     * Prepares the run at the highest epoch of which any run of the trial has left a valid checkpoint, or at the beginning.
     *
     * @param start prepares it at the beginning; called again after a checkpoint that did not fit
     * @param curve restored to the checkpoint's epoch
     */
    WorkloadRun begin(Supplier<WorkloadRun> start, Curve curve) {
        for (CheckpointId candidate : candidates()) {
            try (StoredCheckpoint checkpoint = store.open(candidate)) {
                CheckpointHeader header = checkpoint.header();
                if (!header.fingerprint().equals(fingerprint)) {
                    throw new UnusableCheckpointException(
                            "it was written by a different training: " + header.fingerprint());
                }
                WorkloadRun restored = restored(start, candidate, checkpoint);
                curve.restore(header.curve());
                resumedFrom = Optional.of(new ResumePoint(candidate.runId(), candidate.epoch()));
                LOG.info(
                        "resumed trialId={} runId={} from={} epoch={}",
                        run.trialId(),
                        run.runId(),
                        candidate.runId(),
                        candidate.epoch());
                return restored;
            } catch (UnusableCheckpointException | IOException e) {
                LOG.warn(
                        "skipped a checkpoint trialId={} runId={} epoch={}: {}",
                        run.trialId(),
                        candidate.runId(),
                        candidate.epoch(),
                        e.getMessage());
            }
        }
        return start.get();
    }

    /** Where {@link #begin} resumed. */
    Optional<ResumePoint> resumedFrom() {
        return resumedFrom;
    }

    /** The first epoch to train. */
    int nextEpoch() {
        return resumedFrom.map(ResumePoint::epoch).orElse(0) + 1;
    }

    /** Writes a checkpoint if the workload or the settings want one after this epoch; returns whether they do. */
    boolean afterEpoch(WorkloadRun workload, Curve curve) {
        boolean due =
                switch (workload.checkpointWish()) {
                    case NOW -> true;
                    case NONE -> false;
                    case BY_SETTINGS -> curve.epochs() % settings.everyEpochs() == 0
                            && System.nanoTime() - writtenAt
                                    >= settings.interval().toNanos();
                };
        if (due) {
            write(workload, curve);
        }
        return due;
    }

    /** Writes a checkpoint for a run that goes on elsewhere, if there is something to go on from. */
    void atDrain(WorkloadRun workload, Curve curve) {
        if (workload.checkpointWish() != CheckpointWish.NONE) {
            write(workload, curve);
        }
    }

    /** Writes a checkpoint after the curve's last epoch, unless it is written. */
    void write(WorkloadRun workload, Curve curve) {
        CheckpointId id = new CheckpointId(run.trialId(), run.runId(), curve.epochs());
        if (id.equals(own.peekLast())) {
            return;
        }
        try {
            CheckpointHeader header =
                    new CheckpointHeader(CheckpointHeader.SCHEMA_VERSION, fingerprint, curve.progress());
            store.write(id, header, workload::save);
            own.addLast(id);
            if (own.size() > KEPT) {
                store.delete(own.removeFirst());
            }
        } catch (IOException e) {
            LOG.warn(
                    "no checkpoint trialId={} runId={} epoch={}: {}",
                    run.trialId(),
                    run.runId(),
                    id.epoch(),
                    e.toString());
        }
        writtenAt = System.nanoTime();
    }

    private List<CheckpointId> candidates() {
        try {
            return store.list(run.trialId());
        } catch (IOException e) {
            LOG.warn("checkpoints cannot be listed trialId={}: {}", run.trialId(), e.toString());
            return List.of();
        }
    }

    /** A state that does not fit may be partly restored: such a run is discarded. */
    private static WorkloadRun restored(
            Supplier<WorkloadRun> start, CheckpointId candidate, StoredCheckpoint checkpoint)
            throws UnusableCheckpointException {
        WorkloadRun workload = start.get();
        try {
            workload.restore(candidate.epoch(), checkpoint);
            return workload;
        } catch (CancellationException e) {
            workload.close();
            throw e;
        } catch (RuntimeException e) {
            workload.close();
            throw new UnusableCheckpointException("its state does not fit: " + e, e);
        }
    }
}

package io.trialstream.trainer.run;

import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialId;
import io.trialstream.trainer.checkpoint.CheckpointHeader.Fingerprint;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.CheckpointStore;
import io.trialstream.trainer.command.StudyStates;
import io.trialstream.trainer.command.TrialCommands;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of all runs of this trainer. Thread-safe. A store that fails costs a resume and never a trial: it is
 * logged, and training goes on.
 *
 * @param store where they are kept
 * @param settings how often they are written
 */
public record Checkpoints(CheckpointStore store, CheckpointSettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** The checkpoints of one run. */
    RunCheckpoints of(Run run, Fingerprint fingerprint) {
        return new RunCheckpoints(store, settings, run, fingerprint);
    }

    /** Removes the checkpoints of a trial that has ended. */
    public void forget(TrialId trial) {
        try {
            store.delete(trial);
        } catch (IOException e) {
            LOG.warn("checkpoints of an ended trial stay trialId={}: {}", trial, e.toString());
        }
    }

    /**
     * Removes the checkpoints of deleted studies and cancelled trials; called once all studies and commands have been
     * read.
     */
    public void sweep(StudyStates studies, TrialCommands commands) {
        try {
            for (String study : store.studies()) {
                if (studies.of(study).equals(Optional.of(StudyState.DELETED))) {
                    LOG.info("removing checkpoints studyId={}", study);
                    store.deleteStudy(study);
                } else {
                    store.trials(study).stream().filter(commands::isCancelled).forEach(this::forget);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("checkpoints of ended studies and trials stay: {}", e.toString());
        }
    }
}

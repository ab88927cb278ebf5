package io.trialstream.trainer.checkpoint;

import io.trialstream.contracts.TrialId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Where checkpoints are kept, for all trainers of a pool. Thread-safe, and safe to share between processes. */
public interface CheckpointStore {

    /**
     * Writes a checkpoint. It appears under its name when it is whole and durable, or not at all.
     *
     * @param state puts the arrays; called once, on the caller's thread
     * @throws IOException if it cannot be written
     */
    void write(CheckpointId id, CheckpointHeader header, Consumer<StateSink> state) throws IOException;

    /** The trial's checkpoints, whoever wrote them, the highest epoch first; whether they are sound is not looked at. */
    List<CheckpointId> list(TrialId trial) throws IOException;

    /**
     * Opens a checkpoint whose every byte has been verified.
     *
     * @throws UnusableCheckpointException if it is not there, cut short, damaged or of a newer form
     */
    StoredCheckpoint open(CheckpointId id) throws UnusableCheckpointException;

    /** Removes one checkpoint, if it is there. */
    void delete(CheckpointId id) throws IOException;

    /** Removes everything of the trial. */
    void delete(TrialId trial) throws IOException;

    /** The studies of which something is kept. */
    Set<String> studies() throws IOException;

    /** The trials of the study of which something is kept. */
    List<TrialId> trials(String studyId) throws IOException;

    /** Removes everything of the study. */
    void deleteStudy(String studyId) throws IOException;
}

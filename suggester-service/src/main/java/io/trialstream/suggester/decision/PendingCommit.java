package io.trialstream.suggester.decision;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrialCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one round of the loop decided. Study and ledger records are committed together; only then commands go out, and
 * after them the queue records. The state in memory has the changes already: if they cannot be committed, it is
 * rebuilt. Confined to the suggester's loop.
 */
public final class PendingCommit {
    private final Map<String, StudyRecord> studies = new LinkedHashMap<>();
    private final Map<String, LedgerRecord> ledger = new LinkedHashMap<>();
    private final List<TrialCommand> commands = new ArrayList<>();
    private final List<QueueRecord> queue = new ArrayList<>();
    private final List<StudyRecord> deleted = new ArrayList<>();

    /**
     * A record for the queue of a pool.
     *
     * @param pool the pool
     * @param proposal the record
     */
    public record QueueRecord(String pool, Proposal proposal) {}

    void study(StudyRecord record) {
        studies.put(record.studyId(), record);
    }

    void ledger(LedgerRecord record) {
        ledger.put(record.trialId().toString(), record);
    }

    void command(TrialCommand command) {
        commands.add(command);
    }

    void queue(String pool, Proposal proposal) {
        queue.add(new QueueRecord(pool, proposal));
    }

    void deleteTrialsOf(StudyRecord study) {
        deleted.add(study);
    }

    /** Whether there is nothing to be committed; there may still be commands. */
    public boolean hasNoRecords() {
        return studies.isEmpty() && ledger.isEmpty();
    }

    /** The newest record of each study that has changed. */
    public List<StudyRecord> studies() {
        return List.copyOf(studies.values());
    }

    /** The newest ledger record of each trial that has changed. */
    public List<LedgerRecord> ledger() {
        return List.copyOf(ledger.values());
    }

    /** What runs are told, in this order. */
    public List<TrialCommand> commands() {
        return List.copyOf(commands);
    }

    /** What is queued, in this order. */
    public List<QueueRecord> queue() {
        return List.copyOf(queue);
    }

    /** Deleted studies whose trials the ledger need not keep. */
    public List<StudyRecord> deletedStudies() {
        return List.copyOf(deleted);
    }
}

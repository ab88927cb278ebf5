package io.trialstream.suggester.loop;

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
 * rebuilt.
 */
final class Changes {
    private final Map<String, StudyRecord> studies = new LinkedHashMap<>();
    private final Map<String, LedgerRecord> ledger = new LinkedHashMap<>();
    private final List<TrialCommand> commands = new ArrayList<>();
    private final List<Queued> queue = new ArrayList<>();

    private final List<StudyRecord> forgotten = new ArrayList<>();

    /** A record for the queue of a pool. */
    record Queued(String pool, Proposal proposal) {}

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
        queue.add(new Queued(pool, proposal));
    }

    /** Once this deleted study is committed, the ledger need not keep its trials. */
    void forget(StudyRecord deleted) {
        forgotten.add(deleted);
    }

    List<StudyRecord> forgotten() {
        return List.copyOf(forgotten);
    }

    List<StudyRecord> studies() {
        return List.copyOf(studies.values());
    }

    List<LedgerRecord> ledger() {
        return List.copyOf(ledger.values());
    }

    List<TrialCommand> commands() {
        return List.copyOf(commands);
    }

    List<Queued> queue() {
        return List.copyOf(queue);
    }
}

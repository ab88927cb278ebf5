package io.trialstream.results.ingest;

import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Outcome;
import io.trialstream.results.store.TrialEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The results of a batch other than changed rows. Confined to the transaction's thread. */
final class BatchResult {
    private final List<TrialEntity> ended = new ArrayList<>();
    private final List<EpochReport> epochs = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final Set<String> returned = new TreeSet<>();
    private int duplicates;

    /**
     * A record that cannot be used.
     *
     * @param code what kind of fault
     * @param reason what is wrong, for people
     */
    record Rejected(ConsumerRecord<String, byte[]> record, DeadLetterCode code, String reason) {}

    void ended(TrialEntity trial) {
        ended.add(trial);
    }

    List<TrialEntity> ended() {
        return ended;
    }

    void returned(String studyId) {
        returned.add(studyId);
    }

    /** Studies that were orphaned and are in the topics again. */
    Set<String> returned() {
        return returned;
    }

    void duplicate() {
        duplicates++;
    }

    int duplicates() {
        return duplicates;
    }

    void epoch(EpochReport epoch) {
        epochs.add(epoch);
    }

    void reject(ConsumerRecord<String, byte[]> record, DeadLetterCode code, String reason) {
        rejected.add(new Rejected(record, code, reason));
    }

    /** The outcomes to publish: those that are not on their topic already. */
    List<Outcome> outcomes() {
        return ended.stream()
                .filter(trial -> trial.expected().isEmpty())
                .map(TrialEntity::outcome)
                .toList();
    }

    List<EpochReport> epochs() {
        return epochs;
    }

    List<Rejected> rejected() {
        return rejected;
    }
}

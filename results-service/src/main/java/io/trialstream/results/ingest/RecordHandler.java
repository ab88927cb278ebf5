package io.trialstream.results.ingest;

import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.RefusingVisitor;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.Received;
import io.trialstream.results.store.StudyEntity;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Applies the records of a batch to its rows. Knows rows, not how they are stored. Confined to the transaction's thread.
 */
final class RecordHandler {
    private final BatchContext batch;
    private final LedgerHandler ledger;
    private final ReportHandler reports;

    RecordHandler(BatchContext batch) {
        this.batch = batch;
        this.ledger = new LedgerHandler(batch);
        this.reports = new ReportHandler(batch);
    }

    /** Stores what a record says. */
    void store(Received received) {
        received.message()
                .ifPresentOrElse(
                        message -> message.accept(new Storing(received.record())), () -> tombstone(received.record()));
    }

    /** Ends the trial of a record that the database cannot store as FAILED, where its outcome depends on the record. */
    void giveUp(Received received, Reason reason) {
        received.message().ifPresent(message -> message.accept(new GivingUp(batch, reason)));
    }

    /** The rows of a tombstoned study or trial are kept; on other topics a record must have a value. */
    private void tombstone(ConsumerRecord<String, byte[]> record) {
        if (!record.topic().equals(Topics.STUDIES.name()) && !record.topic().equals(Topics.TRIAL_LEDGER.name())) {
            batch.result().reject(record, DeadLetterCode.NO_VALUE, "a record of this topic must have a value");
        }
    }

    private void study(StudyRecord record) {
        batch.rows().study(record.studyId()).ifPresentOrElse(known -> update(known, record), () -> batch.rows()
                .add(StudyEntity.of(record)));
    }

    private void update(StudyEntity known, StudyRecord record) {
        known.update(record);
        if (known.found()) {
            batch.result().returned(known.studyId);
        }
    }

    /** Stores the message of one record. */
    private final class Storing extends RefusingVisitor<Void> {
        private final ConsumerRecord<String, byte[]> source;

        Storing(ConsumerRecord<String, byte[]> source) {
            this.source = source;
        }

        @Override
        public Void visit(StudyRecord record) {
            study(record);
            return null;
        }

        @Override
        public Void visit(LedgerRecord record) {
            ledger.store(record, source);
            return null;
        }

        @Override
        public Void visit(TrialReport report) {
            reports.store(report, source);
            return null;
        }

        @Override
        public Void visit(EpochReport epoch) {
            reports.store(epoch, source);
            return null;
        }
    }
}

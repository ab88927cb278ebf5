package io.trialstream.results.ingest;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.RefusingVisitor;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrialReport;
import io.trialstream.results.store.TrialEntity;

/**
 * Ends the trial of a message that the database cannot store: without the trial itself, or its final report, it would
 * never have an outcome. Nothing waits for the other messages.
 */
final class GivingUp extends RefusingVisitor<Void> {
    private final BatchContext batch;
    private final Reason reason;

    GivingUp(BatchContext batch, Reason reason) {
        this.batch = batch;
        this.reason = reason;
    }

    @Override
    public Void visit(StudyRecord study) {
        return null;
    }

    @Override
    public Void visit(LedgerRecord record) {
        BatchRows rows = batch.rows();
        rows.study(record.studyId()).filter(study -> !study.isDeleted()).ifPresent(study -> {
            if (rows.trial(record.trialId().toString()).isEmpty()) {
                rows.add(TrialEntity.withoutContent(record, study));
            }
            batch.giveUp(record.trialId(), reason);
        });
        return null;
    }

    @Override
    public Void visit(TrialReport report) {
        if (report instanceof TrialReport.Finished) {
            batch.giveUp(report.run().trialId(), reason);
        }
        return null;
    }

    @Override
    public Void visit(EpochReport epoch) {
        return null;
    }
}

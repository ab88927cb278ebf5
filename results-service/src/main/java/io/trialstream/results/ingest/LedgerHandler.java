package io.trialstream.results.ingest;

import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.TrialReport;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Applies ledger records: trials begin, are queued again, and end by the suggester's decision. */
final class LedgerHandler {
    private final BatchContext batch;

    LedgerHandler(BatchContext batch) {
        this.batch = batch;
    }

    void store(LedgerRecord record, ConsumerRecord<String, byte[]> source) {
        Optional<StudyEntity> study = batch.rows().study(record.studyId());
        if (study.isEmpty()) {
            batch.result().reject(source, DeadLetterCode.UNKNOWN_STUDY, "there is no study '" + record.studyId() + "'");
        } else if (!study.get().isDeleted()) {
            store(record, source, study.get());
        }
    }

    private void store(LedgerRecord record, ConsumerRecord<String, byte[]> source, StudyEntity study) {
        Optional<TrialEntity> known = batch.rows().trial(record.trialId().toString());
        if (known.filter(trial -> !trial.configurationHash.equals(record.configurationHash()))
                .isPresent()) {
            batch.result()
                    .reject(
                            source,
                            DeadLetterCode.CONFIGURATION_MISMATCH,
                            known.get().mismatch(record.configurationHash()));
            return;
        }
        TrialEntity trial =
                known.map(existing -> queuedAgain(existing, record, study)).orElseGet(() -> proposed(record, study));
        if (record.imported().isPresent() && !trial.isFinal()) {
            finishImported(record, trial, study);
        }
        if (isEnded(trial, record, study)) {
            batch.ended(trial, study);
        }
    }

    private TrialEntity proposed(LedgerRecord record, StudyEntity study) {
        TrialEntity trial = TrialEntity.of(record, study);
        batch.rows().add(trial);
        return trial;
    }

    private TrialEntity queuedAgain(TrialEntity trial, LedgerRecord record, StudyEntity study) {
        batch.rows().changing(trial).dispatched(record.dispatch(), study);
        return trial;
    }

    /** Whether the suggester's decision in this record made the trial final. */
    private boolean isEnded(TrialEntity trial, LedgerRecord record, StudyEntity study) {
        return record.failure()
                        .map(reason -> trial.givenUp(reason, study, batch.now()))
                        .orElse(false)
                || record.cancellation()
                        .map(reason -> trial.cancelled(reason, study, batch.now()))
                        .orElse(false);
    }

    /** An imported trial comes with its final report. */
    private void finishImported(LedgerRecord record, TrialEntity trial, StudyEntity study) {
        TrialReport.Finished report = record.importedReport().orElseThrow();
        RunEntity run = RunEntity.of(report.run());
        run.imported(record.imported().orElseThrow().source(), report);
        batch.rows().add(run);
        if (trial.finished(report, study, batch.now())) {
            batch.ended(trial, study);
        }
    }
}

package io.trialstream.results.ingest;

import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrialReport;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Applies what trainers report of their runs. */
final class ReportHandler {
    private final BatchContext batch;

    ReportHandler(BatchContext batch) {
        this.batch = batch;
    }

    void store(TrialReport report, ConsumerRecord<String, byte[]> source) {
        accepted(report.run(), source).ifPresent(trial -> {
            BatchRows rows = batch.rows();
            StudyEntity study = rows.study(trial.studyId).orElseThrow();
            Optional<RunEntity> known = rows.run(report.run().runId());
            RunEntity run = known.map(rows::changing).orElseGet(() -> RunEntity.of(report.run()));
            report.accept(new ReportEffect(batch, rows.changing(trial), run, study));
            if (known.isEmpty()) {
                rows.add(run);
            }
        });
    }

    void store(EpochReport report, ConsumerRecord<String, byte[]> source) {
        accepted(report.run(), source).ifPresent(trial -> {
            BatchRows rows = batch.rows();
            StudyEntity study = rows.study(trial.studyId).orElseThrow();
            rows.run(report.run().runId()).map(rows::changing).ifPresent(run -> run.progressed(report.epoch()));
            rows.changing(trial).progressed(report.run().runId(), report.epoch(), study);
            batch.result().epoch(report);
        });
    }

    /** The trial of a run that reports, unless its study is deleted or the report is refused. */
    private Optional<TrialEntity> accepted(Run run, ConsumerRecord<String, byte[]> source) {
        BatchRows rows = batch.rows();
        if (rows.study(run.studyId()).filter(StudyEntity::isDeleted).isPresent()) {
            return Optional.empty();
        }
        Optional<TrialEntity> trial = rows.trial(run.trialId().toString());
        if (trial.isEmpty()) {
            return refused(source, DeadLetterCode.UNKNOWN_TRIAL, "there is no trial '" + run.trialId() + "'");
        }
        if (!trial.get().configurationHash.equals(run.configurationHash())) {
            return refused(
                    source, DeadLetterCode.CONFIGURATION_MISMATCH, trial.get().mismatch(run.configurationHash()));
        }
        if (rows.run(run.runId())
                .filter(known -> !known.trialId.equals(trial.get().trialId))
                .isPresent()) {
            return refused(source, DeadLetterCode.WRONG_TRIAL, "run '" + run.runId() + "' belongs to another trial");
        }
        return trial;
    }

    private Optional<TrialEntity> refused(ConsumerRecord<String, byte[]> source, DeadLetterCode code, String reason) {
        batch.result().reject(source, code, reason);
        return Optional.empty();
    }
}

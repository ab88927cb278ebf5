package io.trialstream.results.ingest;

import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialReport;
import io.trialstream.results.store.ImprovementEntity;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.RunState;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What each kind of record changes. Knows rows, not how they are stored. Confined to the transaction's thread. */
final class RecordHandler {
    private final WorkingSet rows;
    private final BatchResult result;
    private final Clock clock;

    RecordHandler(WorkingSet rows, BatchResult result, Clock clock) {
        this.rows = rows;
        this.result = result;
        this.clock = clock;
    }

    /** A study or a trial that its writer forgot stays here; on the other topics a record must have a value. */
    void tombstone(ConsumerRecord<String, byte[]> record) {
        if (!record.topic().equals(Topics.STUDIES.name()) && !record.topic().equals(Topics.TRIAL_LEDGER.name())) {
            result.reject(record, DeadLetterCode.NO_VALUE, "a record of this topic has a value");
        }
    }

    void study(StudyRecord record) {
        rows.study(record.studyId())
                .ifPresentOrElse(known -> update(known, record), () -> rows.add(StudyEntity.of(record)));
    }

    private void update(StudyEntity known, StudyRecord record) {
        known.update(record);
        if (known.found()) {
            result.returned(known.studyId);
        }
    }

    void ledger(LedgerRecord record, ConsumerRecord<String, byte[]> source) {
        Optional<StudyEntity> study = rows.study(record.studyId());
        if (study.isEmpty()) {
            result.reject(source, DeadLetterCode.UNKNOWN_STUDY, "there is no study '" + record.studyId() + "'");
        } else if (!study.get().isDeleted()) {
            ledger(record, source, study.get());
        }
    }

    private void ledger(LedgerRecord record, ConsumerRecord<String, byte[]> source, StudyEntity study) {
        Optional<TrialEntity> known = rows.trial(record.trialId().toString());
        if (known.isEmpty()) {
            rows.add(TrialEntity.of(record, study));
        } else if (!known.get().configurationHash.equals(record.configurationHash())) {
            result.reject(
                    source, DeadLetterCode.CONFIGURATION_MISMATCH, mismatch(record.configurationHash(), known.get()));
            return;
        } else {
            rows.changing(known.get()).dispatched(record.dispatch(), study);
        }
        TrialEntity trial = rows.trial(record.trialId().toString()).orElseThrow();
        if (record.imported().isPresent() && !trial.isFinal()) {
            finishImported(record, trial, study);
        }
        boolean ended = record.failure()
                        .map(reason -> trial.givenUp(reason, study, clock.instant()))
                        .orElse(false)
                || record.cancellation()
                        .map(reason -> trial.cancelled(reason, study, clock.instant()))
                        .orElse(false);
        if (ended) {
            ended(trial, study);
        }
    }

    /**
     * A record that no column takes: without it a trial would never have an outcome, where it is the trial itself or its
     * final report.
     */
    void notStorable(Message message, Reason reason) {
        if (message instanceof LedgerRecord record) {
            rows.study(record.studyId()).filter(study -> !study.isDeleted()).ifPresent(study -> {
                if (rows.trial(record.trialId().toString()).isEmpty()) {
                    rows.add(TrialEntity.withoutContent(record, study));
                }
                giveUp(record.trialId(), reason);
            });
        } else if (message instanceof TrialReport.Finished report) {
            giveUp(report.run().trialId(), reason);
        }
    }

    private void giveUp(TrialId trialId, Reason reason) {
        rows.trial(trialId.toString()).ifPresent(trial -> {
            StudyEntity study = rows.study(trial.studyId).orElseThrow();
            if (!study.isDeleted() && rows.changing(trial).givenUp(reason, study, clock.instant())) {
                ended(trial, study);
            }
        });
    }

    /** Whatever made it final. */
    private void ended(TrialEntity trial, StudyEntity study) {
        result.ended(trial);
        ImprovementEntity.of(trial, study).ifPresent(rows::add);
    }

    /** An imported trial comes with its final report. */
    private void finishImported(LedgerRecord record, TrialEntity trial, StudyEntity study) {
        TrialReport.Finished report = record.importedReport().orElseThrow();
        RunEntity run = RunEntity.of(report.run());
        run.imported(record.imported().orElseThrow().source(), report);
        rows.add(run);
        if (trial.finished(report, study, clock.instant())) {
            ended(trial, study);
        }
    }

    void report(TrialReport report, ConsumerRecord<String, byte[]> source) {
        accepted(report.run(), source).ifPresent(trial -> {
            StudyEntity study = rows.study(trial.studyId).orElseThrow();
            Optional<RunEntity> known = rows.run(report.run().runId());
            RunEntity run = known.map(rows::changing).orElseGet(() -> RunEntity.of(report.run()));
            apply(report, rows.changing(trial), run, study);
            if (known.isEmpty()) {
                rows.add(run);
            }
        });
    }

    private void apply(TrialReport report, TrialEntity trial, RunEntity run, StudyEntity study) {
        if (report instanceof TrialReport.Started started) {
            if (run.startedAt == null && run.state == RunState.RUNNING) {
                trial.started(started, study);
            }
            run.started(started);
        } else if (report instanceof TrialReport.RungReached rung) {
            run.progressed(rung.epoch());
        } else if (report instanceof TrialReport.Interrupted interrupted) {
            run.brokeOff(RunState.INTERRUPTED, interrupted.epoch(), interrupted.reason(), interrupted.at());
            trial.brokeOff(run.runId, study);
        } else if (report instanceof TrialReport.Errored errored) {
            run.brokeOff(RunState.ERRORED, errored.epoch(), errored.reason(), errored.at());
            trial.brokeOff(run.runId, study);
        } else if (report instanceof TrialReport.Finished finished) {
            run.finished(finished);
            if (trial.finished(finished, study, clock.instant())) {
                ended(trial, study);
            } else {
                result.duplicate();
            }
        }
    }

    void epoch(EpochReport report, ConsumerRecord<String, byte[]> source) {
        accepted(report.run(), source).ifPresent(trial -> {
            StudyEntity study = rows.study(trial.studyId).orElseThrow();
            rows.run(report.run().runId()).map(rows::changing).ifPresent(run -> run.progressed(report.epoch()));
            rows.changing(trial).progressed(report.run().runId(), report.epoch(), study);
            result.epoch(report);
        });
    }

    /** The trial that a run reports of, unless its study is deleted or the report is refused. */
    private Optional<TrialEntity> accepted(Run reported, ConsumerRecord<String, byte[]> source) {
        if (rows.study(reported.studyId()).filter(StudyEntity::isDeleted).isPresent()) {
            return Optional.empty();
        }
        Optional<TrialEntity> trial = rows.trial(reported.trialId().toString());
        if (trial.isEmpty()) {
            result.reject(source, DeadLetterCode.UNKNOWN_TRIAL, "there is no trial '" + reported.trialId() + "'");
            return Optional.empty();
        }
        if (!trial.get().configurationHash.equals(reported.configurationHash())) {
            result.reject(
                    source, DeadLetterCode.CONFIGURATION_MISMATCH, mismatch(reported.configurationHash(), trial.get()));
            return Optional.empty();
        }
        if (rows.run(reported.runId())
                .filter(run -> !run.trialId.equals(trial.get().trialId))
                .isPresent()) {
            result.reject(
                    source, DeadLetterCode.WRONG_TRIAL, "run '" + reported.runId() + "' belongs to another trial");
            return Optional.empty();
        }
        return trial;
    }

    private static String mismatch(String hash, TrialEntity trial) {
        return "configuration " + hash + " is not that of trial '" + trial.trialId + "', which is "
                + trial.configurationHash;
    }
}

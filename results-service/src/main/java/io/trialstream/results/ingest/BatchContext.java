package io.trialstream.results.ingest;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialId;
import io.trialstream.results.store.ImprovementEntity;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import java.time.Clock;
import java.time.Instant;

/**
 * What the handlers of a batch's records work on. Confined to the transaction's thread.
 *
 * @param rows the rows that the batch touches
 * @param result what comes of the batch beside the changed rows
 * @param clock when a trial ends
 */
record BatchContext(BatchRows rows, BatchResult result, Clock clock) {

    Instant now() {
        return clock.instant();
    }

    /** Notes that a trial has just become final. */
    void ended(TrialEntity trial, StudyEntity study) {
        result.ended(trial);
        ImprovementEntity.of(trial, study).ifPresent(rows::add);
    }

    /** Ends a trial as FAILED, unless it is final or its study is deleted. */
    void giveUp(TrialId trialId, Reason reason) {
        rows.trial(trialId.toString()).ifPresent(trial -> {
            StudyEntity study = rows.study(trial.studyId).orElseThrow();
            if (!study.isDeleted() && rows.changing(trial).givenUp(reason, study, now())) {
                ended(trial, study);
            }
        });
    }
}

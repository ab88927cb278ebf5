package io.trialstream.suggester.loop;

import io.trialstream.contracts.StudyRecord;
import io.trialstream.suggester.study.OpenTrial;
import io.trialstream.suggester.study.Proposer;
import io.trialstream.suggester.study.StudyHistory;
import java.util.Optional;

/**
 * A study and what proposes its trials.
 *
 * @param history what is known of it
 * @param proposer its sampler
 */
record ActiveStudy(StudyHistory history, Proposer proposer) {

    static ActiveStudy of(StudyRecord record) {
        return new ActiveStudy(new StudyHistory(record), new Proposer(record.spec()));
    }

    String studyId() {
        return history.record().studyId();
    }

    /** The first trial of the search that waits to be queued. */
    Optional<OpenTrial> waiting() {
        return history.open().stream()
                .filter(trial -> trial.isWaiting() && !trial.isRetrain())
                .findFirst();
    }

    /** The first retrain that waits to be queued. */
    Optional<OpenTrial> waitingRetrain() {
        return history.openRetrains().stream().filter(OpenTrial::isWaiting).findFirst();
    }

    /** Whether it has a trial to offer, one that waits or the budget for a new one, within its concurrency. */
    boolean canServe() {
        boolean hasRoom = history.searching() < history.spec().concurrency().orElse(Integer.MAX_VALUE);
        return hasRoom
                && history.spent().isEmpty()
                && (history.budgetLeft() > 0 || waiting().isPresent());
    }
}

package io.trialstream.suggester.decision;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.Proposer;
import java.util.List;
import java.util.Optional;

/**
 * Applies new records to the state in memory and adds them to the commit, so that the two never differ. Confined to the
 * suggester's loop.
 */
public final class StudyUpdates {
    private final SuggesterState state;
    private final DecisionListener listener;

    StudyUpdates(SuggesterState state, DecisionListener listener) {
        this.state = state;
        this.listener = listener;
    }

    /** Creates a study. */
    public ActiveStudy create(StudyRecord record, PendingCommit commit) {
        state.studies().apply(record);
        commit.study(record);
        listener.studyCreated(record);
        return state.studies().byId(record.studyId()).orElseThrow();
    }

    /** Replaces a study's record by a newer one. */
    public void study(ActiveStudy study, StudyRecord newer, PendingCommit commit) {
        boolean moves = study.history().record().state() != newer.state();
        study.history().apply(newer);
        commit.study(newer);
        if (moves) {
            listener.studyStateChanged(newer);
        }
    }

    /** Adds trials, which have the study's next numbers. */
    public void add(ActiveStudy study, List<LedgerRecord> trials, PendingCommit commit) {
        study(study, study.history().record().withNumbersGiven(trials.size()), commit);
        trials.forEach(trial -> {
            trial(study, trial, commit);
            listener.trialAdded(trial);
        });
    }

    /** Deletes a study: its record stays as a marker, its trials are taken out of the ledger after the commit. */
    public void delete(ActiveStudy study, Reason reason, PendingCommit commit) {
        study(study, study.history().record().withState(StudyState.DELETED, Optional.of(reason)), commit);
        commit.deleteTrialsOf(study.history().record());
        state.studies().dropTrials(study);
    }

    /** Replaces a trial's ledger record by a newer one. */
    void trial(ActiveStudy study, LedgerRecord newer, PendingCommit commit) {
        study.history().apply(newer, state.trainers().now());
        commit.ledger(newer);
    }

    /** Ends a trial by this record. */
    void end(ActiveStudy study, LedgerRecord ended, PendingCommit commit) {
        trial(study, ended, commit);
        listener.trialEnded(ended);
    }

    /** Puts a trial into the queue of its study's pool. */
    void queue(ActiveStudy study, LedgerRecord trial, PendingCommit commit) {
        StudyRecord record = study.history().record();
        commit.queue(record.spec().pool(), Proposer.proposal(record, trial));
    }
}

package io.trialstream.suggester.decision;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.space.ProblemsException;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.OpenTrial;
import io.trialstream.suggester.state.StudyHistory;
import java.util.Optional;

/**
 * Ends studies: COMPLETED when the budget is spent, STOPPED for the user, FAILED when they cannot go on. Confined to the
 * suggester's loop.
 */
final class StudyEnding {
    private final StudyUpdates updates;
    private final TrialEnding trials;
    private final CommandFactory commands;
    private final Suggestions suggestions;

    StudyEnding(StudyUpdates updates, TrialEnding trials, CommandFactory commands, Suggestions suggestions) {
        this.updates = updates;
        this.trials = trials;
        this.commands = commands;
        this.suggestions = suggestions;
    }

    /** Ends a study whose budget or space is used up, once no trial of its search is queued or running. */
    void completeIfSpent(ActiveStudy study, PendingCommit commit) {
        StudyHistory history = study.history();
        Optional<Reason> spent = history.record().state().isEnded() ? Optional.empty() : history.spent();
        if (spent.isEmpty() || history.searching() > 0) {
            return;
        }
        if (history.progress().open() == 0) {
            updates.study(study, history.record().withState(StudyState.COMPLETED, spent), commit);
        } else {
            history.open().stream()
                    .filter(trial -> trial.isWaiting() && !trial.isRetrain())
                    .forEach(trial -> trials.cancel(study, trial, reason(study), commit));
        }
    }

    /** Ends a study of an older release whose settings this one refuses: it can still be looked at. */
    void failIfInvalid(ActiveStudy study, PendingCommit commit) {
        if (!study.history().record().state().isEnded()) {
            try {
                study.proposer();
            } catch (ProblemsException e) {
                fail(study, Reason.of(ReasonCode.INVALID_STUDY, e.getMessage()), commit);
            }
        }
    }

    /** Ends a study that cannot go on: what no run has begun is CANCELLED, what runs goes on and is counted. */
    void fail(ActiveStudy study, Reason reason, PendingCommit commit) {
        end(study, StudyState.FAILED, reason, commit);
        study.history().open().stream()
                .filter(trial -> !trial.isRetrain() && !trial.isStarted())
                .filter(trial -> trial.isInFlight() || trial.isWaiting())
                .forEach(trial -> {
                    trials.cancel(study, trial, reason, commit);
                    // By name: trainers may hear that the study is resumed before they take the trial's record.
                    commit.command(cancel(trial, reason));
                });
    }

    /**
     * Ends a study that threw. Nothing is decided about its trials, since what is known of them may be incomplete.
     *
     * @param fault what it threw
     */
    void failBroken(ActiveStudy study, Throwable fault, PendingCommit commit) {
        Reason reason = Reason.of(
                ReasonCode.STUDY_BROKEN,
                "the suggester cannot go on with the study: " + Faults.describe(fault)
                        + "; it can be looked at and deleted, and resumed by a later release");
        end(study, StudyState.FAILED, reason, commit);
    }

    /**
     * Ends a study for its user: runs are told to end their trials as CANCELLED, and everything else is CANCELLED at
     * once, whether there are trainers or not. Of a study that has ended the retrains are CANCELLED at once, since later
     * ones must not be told; nothing else changes.
     *
     * @param immediately whether runs end between two batches, and not only at their epoch's end
     */
    void stop(ActiveStudy study, boolean immediately, PendingCommit commit) {
        Reason reason = Reason.of(ReasonCode.STOPPED_BY_USER, "the study was stopped by its user");
        if (!study.history().record().state().isEnded()) {
            end(study, StudyState.STOPPED, reason, commit);
        }
        study.history().open().forEach(trial -> {
            if (trial.isStarted() && !trial.isRetrain()) {
                TrialCommand cancel = cancel(trial, reason);
                commit.command(immediately ? cancel.immediately() : cancel);
            } else if (trial.isInFlight() || trial.isWaiting()) {
                trials.cancel(study, trial, reason, commit);
            }
        });
    }

    /** Why a study that has ended, or is about to, needs none of its trials any more. */
    Reason reason(ActiveStudy study) {
        return study.history()
                .record()
                .stateReason()
                .or(study.history()::spent)
                .orElseGet(() -> Reason.of(ReasonCode.STUDY_ENDED, "the study has ended"));
    }

    private void end(ActiveStudy study, StudyState state, Reason reason, PendingCommit commit) {
        suggestions.cancel(study.studyId());
        updates.study(study, study.history().record().withState(state, Optional.of(reason)), commit);
    }

    private TrialCommand cancel(OpenTrial trial, Reason reason) {
        return commands.of(trial.ledger(), TrialCommand.Kind.CANCEL, reason.text());
    }
}

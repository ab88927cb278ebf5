package io.trialstream.suggester.decision;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialReport;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.OpenTrial;

/**
 * Decides what becomes of trials whose runs broke off, went silent or are stuck, and of runs that nobody needs. Confined
 * to the suggester's loop.
 */
final class RunSupervisor {
    private final DecisionPolicy policy;
    private final SuggesterState state;
    private final StudyUpdates updates;
    private final CommandFactory commands;
    private final DecisionListener listener;
    private final TrialEnding trials;
    private final StudyEnding studies;

    RunSupervisor(Decisions.Tools tools, TrialEnding trials, StudyEnding studies) {
        this.policy = tools.policy();
        this.state = tools.state();
        this.updates = tools.updates();
        this.commands = tools.commands();
        this.listener = tools.listener();
        this.trials = trials;
        this.studies = studies;
    }

    /**
     * After a start: what no run has begun may have been lost on the way to the queue, so it is queued again; and the
     * runs of a stopped study, or of an ended trial, may not have been told.
     */
    void takeOver(ActiveStudy study, PendingCommit commit) {
        boolean stopped = study.history().record().state() == StudyState.STOPPED;
        study.history().open().forEach(trial -> {
            if (trial.isStarted() && stopped && !trial.isRetrain()) {
                commit.command(commands.of(trial.ledger(), TrialCommand.Kind.CANCEL, "the study was stopped"));
            } else if (trial.ledger().hasEnded()) {
                trials.cancelRuns(trial, commit);
            } else if (trial.awaitsRun()) {
                queueAgainOrEnd(study, trial, commit);
            }
        });
    }

    /** Queues trials again whose last run is over, ends those that lost too many, and tells stuck runs so. */
    void supervise(ActiveStudy study, PendingCommit commit) {
        study.history().open().forEach(trial -> supervise(study, trial, commit));
    }

    /** A run that has begun a trial which is final is told to end. */
    void answer(ActiveStudy study, TrialReport.Started started, PendingCommit commit) {
        if (study.history().isFinal(started.run().number())) {
            commit.command(commands.cancel(started.run(), "the trial has ended already"));
        }
    }

    private void supervise(ActiveStudy study, OpenTrial trial, PendingCommit commit) {
        if (trial.isBrokenOff()) {
            queueAgainOrEnd(study, trial, commit);
        } else if (trial.isStarted() && trial.runsLost() >= policy.runsLostLimit()) {
            trials.failForLostRuns(study, trial, commit);
        } else if (trial.isStuck(
                policy.deadlines(study.history().record().spec().training()))) {
            study.history().toldStuck(trial.number(), state.trainers().now());
            commit.command(commands.stuck(trial));
        }
    }

    private void queueAgainOrEnd(ActiveStudy study, OpenTrial trial, PendingCommit commit) {
        if (study.history().record().state().isEnded() && !trial.isRetrain()) {
            trials.cancel(study, trial, studies.reason(study), commit);
        } else if (trial.fault().filter(RunSupervisor::isUnrecoverable).isPresent()) {
            trials.fail(study, trial, trial.fault().get(), commit);
        } else if (trial.runsLost() < policy.runsLostLimit()) {
            queueAgain(study, trial, commit);
        } else {
            trials.failForLostRuns(study, trial, commit);
        }
    }

    /** Whether the fault lies in the study or its training settings: another run would end the same way. */
    private static boolean isUnrecoverable(Reason fault) {
        return fault.is(ReasonCode.METRIC_NOT_REPORTED) || fault.is(ReasonCode.INVALID_TRAINING);
    }

    private void queueAgain(ActiveStudy study, OpenTrial trial, PendingCommit commit) {
        LedgerRecord again = trial.ledger().dispatchedAgain();
        updates.trial(study, again, commit);
        commit.command(commands.of(again, TrialCommand.Kind.SUPERSEDE, "queued again as dispatch " + again.dispatch()));
        updates.queue(study, again, commit);
        Reason restart = Reason.of(ReasonCode.RESTART, "the suggester started, and no run had begun the trial");
        listener.trialQueuedAgain(again, trial.fault().orElse(restart));
    }
}

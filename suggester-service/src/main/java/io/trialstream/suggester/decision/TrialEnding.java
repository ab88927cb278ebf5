package io.trialstream.suggester.decision;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.OpenTrial;

/** Ends trials that no run will end. Confined to the suggester's loop. */
final class TrialEnding {
    private final StudyUpdates updates;
    private final CommandFactory commands;

    TrialEnding(StudyUpdates updates, CommandFactory commands) {
        this.updates = updates;
        this.commands = commands;
    }

    /** Ends a trial as CANCELLED; a run that begins it at this moment is told so when it reports. */
    void cancel(ActiveStudy study, OpenTrial trial, Reason reason, PendingCommit commit) {
        end(study, trial, trial.ledger().cancelled(reason), commit);
    }

    /** Ends a trial as FAILED, since another run would end the same way. */
    void fail(ActiveStudy study, OpenTrial trial, Reason reason, PendingCommit commit) {
        end(study, trial, trial.ledger().failed(reason), commit);
    }

    /**
     * Ends a trial as FAILED that has lost too many runs. Its reason has the code of the last run's fault, by which a
     * study's failures are told apart.
     */
    void failForLostRuns(ActiveStudy study, OpenTrial trial, PendingCommit commit) {
        Reason last = trial.fault().orElseGet(() -> Reason.of(ReasonCode.TRAINER_LOST, "no report of its end"));
        String text = trial.runsLost() + " runs broke off, the last one with " + last.code() + ": " + last.text();
        fail(study, trial, new Reason(last.code(), text), commit);
    }

    /** Tells all runs of an ended trial to end, and trainers to keep no checkpoints of it. */
    void cancelRuns(OpenTrial trial, PendingCommit commit) {
        if (trial.hasRun()) {
            commit.command(commands.of(trial.ledger(), TrialCommand.Kind.CANCEL, "the trial has been ended"));
        }
    }

    private void end(ActiveStudy study, OpenTrial trial, LedgerRecord ended, PendingCommit commit) {
        updates.end(study, ended, commit);
        cancelRuns(trial, commit);
    }
}

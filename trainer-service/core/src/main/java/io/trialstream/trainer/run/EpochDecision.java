package io.trialstream.trainer.run;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialState;
import java.util.Optional;

/** Decides whether a run continues after an epoch that was not its last. */
final class EpochDecision {
    static final Reason DRAINING = Reason.of(ReasonCode.DRAINING, "the trainer shuts down");
    static final Reason RUNS_ELSEWHERE =
            Reason.of(ReasonCode.RUNS_ELSEWHERE, "this run lost its claim on the trial and another run trains it");

    private EpochDecision() {}

    /**
     * Decides by precedence: the end of the trial, then of this run, then of this trainer.
     *
     * @param run the run
     * @param lockHeld whether the queue still holds the record for this run
     * @param draining whether the trainer is to stop
     * @return how the run ends; empty if it continues
     */
    static Optional<RunEnd> afterEpoch(Run run, boolean lockHeld, boolean draining, ClusterView view) {
        Optional<TrialCommand> ending = view.commands()
                .ending(run.trialId(), run.dispatch())
                .or(() -> view.commands().stuck(run.trialId(), run.runId()));
        if (ending.isPresent()) {
            return ending.map(RunEnd::obeying);
        }
        if (view.studies().of(run.studyId()).equals(Optional.of(StudyState.DELETED))) {
            Reason reason = Reason.of(ReasonCode.STUDY_DELETED, "the study was deleted");
            return Optional.of(new RunEnd.Final(TrialState.CANCELLED, Optional.of(reason), Optional.empty()));
        }
        boolean claimed = lockHeld && !view.commands().isSuperseded(run.trialId(), run.dispatch());
        if (!claimed && view.runs().otherRun(run.trialId(), run.runId()).isPresent()) {
            return Optional.of(new RunEnd.Interrupted(RUNS_ELSEWHERE));
        }
        return draining ? Optional.of(new RunEnd.Interrupted(DRAINING)) : Optional.empty();
    }
}

package io.trialstream.trainer.run;

import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialState;
import io.trialstream.trainer.heartbeat.Sighting;
import java.util.Optional;

/** What to do with a record that was taken from the queue. */
public sealed interface Admission {

    /** It is trained. */
    record Start() implements Admission {}

    /** It is accepted without training: another run has the trial, or the trial is no longer wanted. */
    record Discard(String why) implements Admission {}

    /** It is accepted without training, after a final report. */
    record End(RunEnd.Final end) implements Admission {}

    /** A run of the trial may be alive: its trainer's next heartbeat, or its silence, decides. */
    record AwaitHeartbeat(Sighting run) implements Admission {}

    /**
     * Decides from what is known now; asked again while the answer is {@link AwaitHeartbeat}.
     *
     * @param proposal the record
     * @param view what is known
     * @param seenWhenTaken the run of the trial that was known when the record was taken
     */
    static Admission decide(Proposal proposal, ClusterView view, Optional<Sighting> seenWhenTaken) {
        TrialId trial = proposal.trialId();
        int dispatch = proposal.dispatch();
        Optional<StudyState> study = view.studies().of(proposal.studyId());
        if (study.equals(Optional.of(StudyState.DELETED))) {
            return new Discard("its study is deleted");
        }
        Optional<TrialCommand> command = view.commands().ending(trial, dispatch);
        if (command.isPresent()) {
            return new End((RunEnd.Final) RunEnd.obeying(command.get()));
        }
        if (view.commands().isSuperseded(trial, dispatch)) {
            return new Discard("it has been queued again");
        }
        // A failed study may be resumed at any moment, so the suggester cancels its trials by name.
        // A retrain is asked for after its study's end too; the suggester cancels it by name.
        if (study.equals(Optional.of(StudyState.STOPPED)) && !proposal.retrain()) {
            return new End(studyStopped());
        }
        if (view.runs().hasEnded(trial, dispatch)) {
            return new Discard("a run of it has ended");
        }
        if (seenWhenTaken.filter(view.runs()::hasHeartbeatSince).isPresent()) {
            return new Discard("a live run trains it");
        }
        Optional<Sighting> run = view.runs().sighting(trial);
        return run.isPresent() ? new AwaitHeartbeat(run.get()) : new Start();
    }

    private static RunEnd.Final studyStopped() {
        Reason reason = Reason.of(ReasonCode.STUDY_STOPPED, "the study was stopped before this trial started");
        return new RunEnd.Final(TrialState.CANCELLED, Optional.of(reason), Optional.empty());
    }
}

package io.trialstream.trainer.run;

import static io.trialstream.trainer.Proposals.aProposal;
import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.contracts.TrialCommand.Kind;
import io.trialstream.contracts.TrialState;
import io.trialstream.trainer.heartbeat.LiveRuns;
import io.trialstream.trainer.heartbeat.Sighting;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionTest {
    private final World world = new World();
    private final Proposal proposal = aProposal().of("study", 7).dispatch(2).build();
    private final Run elsewhere = World.run(proposal, "run-elsewhere", "other");

    @Test
    void shouldStartATrialThatNobodyKnows() {
        assertThat(decide()).isInstanceOf(Admission.Start.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = StudyState.class,
            names = {"RUNNING", "PAUSED", "COMPLETED", "FAILED"})
    void shouldStartAQueuedTrialOfAStudyThatWasNotWithdrawn(StudyState state) {
        world.study("study", state);
        assertThat(decide()).isInstanceOf(Admission.Start.class);
    }

    @Test
    void shouldDiscardATrialOfADeletedStudyWhateverWasCommanded() {
        world.study("study", StudyState.DELETED).command(proposal, 2, Kind.CANCEL);
        assertThat(decide()).isInstanceOf(Admission.Discard.class);
    }

    @Test
    void shouldCancelATrialOfAStoppedStudySoThatItEnds() {
        world.study("study", StudyState.STOPPED);
        RunEnd.Final end = ended();
        assertThat(end.state()).isEqualTo(TrialState.CANCELLED);
        assertThat(end.reason().orElseThrow().code()).isEqualTo("STUDY_STOPPED");
        assertThat(end.commandId()).isEmpty();
    }

    @Test
    void shouldStartARetrainOfAStoppedStudyUnlessItIsCancelled() {
        world.study("study", StudyState.STOPPED);
        Proposal retrain = aProposal().of("study", 7).dispatch(2).retrain().build();
        assertThat(Admission.decide(retrain, world.view, seen())).isInstanceOf(Admission.Start.class);

        world.command(retrain, 2, Kind.CANCEL);
        assertThat(Admission.decide(retrain, world.view, seen())).isInstanceOf(Admission.End.class);
    }

    @Test
    void shouldNameTheCommandThatCancelsATrialOfAStoppedStudy() {
        world.study("study", StudyState.STOPPED).command(proposal, 2, Kind.CANCEL);
        assertThat(ended().commandId()).contains("command-CANCEL");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CANCEL", "PRUNE"})
    void shouldObeyACommandForThisOrALaterDispatch(Kind kind) {
        world.command(proposal, 3, kind);
        assertThat(ended().commandId()).contains("command-" + kind);
        assertThat(ended().state()).isEqualTo(kind == Kind.CANCEL ? TrialState.CANCELLED : TrialState.PRUNED);
    }

    @Test
    void shouldIgnoreACommandForAnOlderDispatch() {
        world.command(proposal, 1, Kind.CANCEL);
        assertThat(decide()).isInstanceOf(Admission.Start.class);
    }

    @Test
    void shouldDiscardASupersededDispatch() {
        world.command(proposal, 3, Kind.SUPERSEDE);
        assertThat(decide()).isInstanceOf(Admission.Discard.class);
    }

    @Test
    void shouldStartTheDispatchThatASupersedeAnnounces() {
        world.command(proposal, 2, Kind.SUPERSEDE);
        assertThat(decide()).isInstanceOf(Admission.Start.class);
    }

    @Test
    void shouldDiscardATrialWhoseRunGivesASignOfLife() {
        // Given
        world.heartbeat("other", 1, State.READY, elsewhere);
        Optional<Sighting> seen = seen();
        assertThat(decide(seen)).isInstanceOf(Admission.AwaitHeartbeat.class);

        // When
        world.heartbeat("other", 2, State.READY, elsewhere);

        // Then
        assertThat(decide(seen)).isInstanceOf(Admission.Discard.class);
    }

    @Test
    void shouldDiscardATrialWhoseRunEndsWhileItWaits() {
        world.heartbeat("other", 1, State.READY, elsewhere);
        Optional<Sighting> seen = seen();
        world.heartbeat("other", 2, State.READY);
        assertThat(decide(seen)).isInstanceOf(Admission.Discard.class);
    }

    @Test
    void shouldDiscardATrialWhoseRunHadEndedBeforeTheRecordCameBack() {
        world.heartbeat("other", 1, State.READY, elsewhere).heartbeat("other", 2, State.READY);
        assertThat(decide()).isInstanceOf(Admission.Discard.class);
    }

    @Test
    void shouldStartALaterDispatchOfATrialWhoseRunHasEnded() {
        world.heartbeat("other", 1, State.READY, elsewhere).heartbeat("other", 2, State.STOPPED);
        Proposal again = aProposal().of("study", 7).dispatch(3).build();
        assertThat(Admission.decide(again, world.view, Optional.empty())).isInstanceOf(Admission.Start.class);
    }

    @Test
    void shouldStartATrialWhoseRunStaysSilentForThreeHeartbeats() {
        // Given
        world.heartbeat("other", 1, State.READY, elsewhere);
        Optional<Sighting> seen = seen();

        // When
        world.intervals(LiveRuns.SILENT_INTERVALS - 1);
        assertThat(decide(seen)).isInstanceOf(Admission.AwaitHeartbeat.class);
        world.intervals(1);

        // Then
        assertThat(decide(seen)).isInstanceOf(Admission.Start.class);
    }

    @Test
    void shouldNotWaitForARunThatHasLongBeenSilent() {
        world.heartbeat("other", 1, State.READY, elsewhere).intervals(10);
        assertThat(decide()).isInstanceOf(Admission.Start.class);
    }

    private Optional<Sighting> seen() {
        return world.view.runs().sighting(proposal.trialId());
    }

    private Admission decide() {
        return decide(seen());
    }

    private Admission decide(Optional<Sighting> seen) {
        return Admission.decide(proposal, world.view, seen);
    }

    private RunEnd.Final ended() {
        assertThat(decide()).isInstanceOf(Admission.End.class);
        return ((Admission.End) decide()).end();
    }
}

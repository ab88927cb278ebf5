package io.trialstream.trainer.run;

import static io.trialstream.trainer.Proposals.aProposal;
import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.contracts.TrialCommand.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpochDecisionTest {
    private final World world = new World();
    private final Proposal proposal = aProposal().of("study", 7).dispatch(2).build();
    private final Run run = World.run(proposal, "run-mine", World.ME);
    private final Run elsewhere = World.run(proposal, "run-elsewhere", "other");

    @Test
    void shouldGoOnWhenNothingSpeaksAgainstIt() {
        world.study("study", StudyState.PAUSED).heartbeat(World.ME, 100, State.READY, run);
        assertThat(decide(true, false)).isEmpty();
    }

    @Test
    void shouldObeyPruneAndCancelBeforeItDrains() {
        world.command(proposal, 2, Kind.PRUNE);
        assertThat(decide(true, true)).map(RunEnd::name).contains("PRUNED");
        world.command(proposal, 2, Kind.CANCEL);
        assertThat(decide(true, true)).map(RunEnd::name).contains("CANCELLED");
    }

    @Test
    void shouldGiveUpTheRunThatIsStuckAndNoOther() {
        world.stuck(elsewhere);
        assertThat(decide(true, false)).isEmpty();
        world.stuck(run);
        assertThat(decide(true, false)).map(RunEnd::name).contains(RunEnd.ERRORED);
    }

    @Test
    void shouldStopWhenItsStudyIsDeleted() {
        world.study("study", StudyState.DELETED);
        assertThat(decide(true, false)).map(RunEnd::name).contains("CANCELLED");
    }

    @Test
    void shouldGoOnInAStoppedStudyUntilItIsCancelled() {
        world.study("study", StudyState.STOPPED);
        assertThat(decide(true, false)).isEmpty();
    }

    @Test
    void shouldStopWhenTheTrainerDrains() {
        assertThat(decide(true, true)).map(World::reason).contains(EpochDecision.DRAINING);
    }

    @Test
    void shouldGoOnWithoutItsLockWhileNobodyElseRunsTheTrial() {
        assertThat(decide(false, false)).isEmpty();
    }

    @Test
    void shouldYieldToALiveRunAfterItLostItsLock() {
        world.heartbeat("other", 1, State.READY, elsewhere);
        assertThat(decide(true, false)).isEmpty();
        assertThat(decide(false, false)).map(World::reason).contains(EpochDecision.RUNS_ELSEWHERE);
    }

    @Test
    void shouldYieldToALiveRunAfterItWasSuperseded() {
        world.command(proposal, 3, Kind.SUPERSEDE);
        assertThat(decide(true, false)).isEmpty();
        world.heartbeat("other", 1, State.READY, elsewhere);
        assertThat(decide(true, false)).map(World::reason).contains(EpochDecision.RUNS_ELSEWHERE);
    }

    @Test
    void shouldNotYieldToADeadRun() {
        world.heartbeat("other", 1, State.READY, elsewhere).intervals(3);
        assertThat(decide(false, false)).isEmpty();
    }

    private Optional<RunEnd> decide(boolean lockHeld, boolean draining) {
        return EpochDecision.afterEpoch(run, lockHeld, draining, world.view);
    }
}

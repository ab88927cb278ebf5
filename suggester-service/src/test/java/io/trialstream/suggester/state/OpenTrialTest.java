package io.trialstream.suggester.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.Retrain;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.space.Configuration;
import io.trialstream.suggester.Studied;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of a trial's runs, and when they are given up. Lost after 5 ticks, stuck after 10, first epoch 20. */
class OpenTrialTest {
    private static final Deadlines DEADLINES = new Deadlines(5, 10, 5, 20, 2);
    private static final Reason FAULT = new Reason("DISK_FULL", "no space left");
    private TrialStory trial;

    @BeforeEach
    void queued() {
        StudyRecord study = Studied.study("s", 10);
        StudyHistory history = new StudyHistory(study);
        LedgerRecord ledger = Studied.next(new Proposer(study.spec()), history);
        history.apply(ledger, 0);
        trial = new TrialStory(history.open().iterator().next());
    }

    @Test
    void shouldBeQueuedAgainWhereItsFinalReportIsGoneAndNoOutcomeComes() {
        trial = trial.started("a", 1, 0, 1).finalReport(3);

        assertThat(trial.reportGone(8, DEADLINES).now().isSettling()).isTrue();
        assertThat(trial.reportGone(9, DEADLINES)).satisfies(lost -> {
            assertThat(lost.now().isBrokenOff()).isTrue();
            assertThat(lost.now().runsLost()).isZero();
            assertThat(lost.now().fault()).map(Reason::code).contains(ReasonCode.REPORT_LOST.name());
        });
        assertThat(trial.outcomeRead().reportGone(9, DEADLINES).now().isBrokenOff())
                .as("one that has its outcome")
                .isFalse();
    }

    @Test
    void shouldTakeAHeartbeatForTheBeginningOfARunWhoseReportNeverCame() {
        trial = trial.alive("a", 0, 3);

        assertThat(trial.now().isStarted()).isTrue();
        assertThat(trial.expire(8, DEADLINES).now().isStarted()).isTrue();
        assertThat(trial.expire(9, DEADLINES)).satisfies(lost -> {
            assertThat(lost.now().isBrokenOff()).isTrue();
            assertThat(lost.now().runsLost()).isEqualTo(1);
            assertThat(lost.now().fault()).map(Reason::code).contains(ReasonCode.TRAINER_LOST.name());
        });
    }

    @Test
    void shouldCountARunAsLostWhenAnotherOneTakesItsPlaceByHeartbeatOrReport() {
        trial = trial.started("a", 1, 0, 0).alive("b", 0, 1).started("b", 1, 0, 2);
        assertThat(trial.now().runsLost()).isEqualTo(1);

        trial = trial.started("c", 1, 0, 3);
        assertThat(trial.now().runsLost()).isEqualTo(2);
        assertThat(trial.now().run()).map(ActiveRun::runId).contains("c");
    }

    @Test
    void shouldNotHearALateHeartbeatOfARunThatHasEnded() {
        trial = trial.started("a", 1, 0, 0).interrupted("a", FAULT);
        trial = trial.dispatchedAgain(1);

        trial = trial.alive("a", 3, 2);

        assertThat(trial.now().isQueued()).isTrue();
        assertThat(trial.now().runsLost()).isZero();
    }

    @Test
    void shouldTakeARunBackThatWasTakenForDeadWhileNoOtherOneHasBegun() {
        trial = trial.started("a", 1, 0, 0).expire(6, DEADLINES);
        trial = trial.dispatchedAgain(6);

        trial = trial.alive("a", 1, 7);

        assertThat(trial.now().isStarted()).isTrue();
        assertThat(trial.now().run()).map(ActiveRun::runId).contains("a");
    }

    @Test
    void shouldIgnoreTheEndOfARunThatWasReplaced() {
        trial = trial.started("a", 1, 0, 0).started("b", 1, 0, 1).errored("a", FAULT);

        assertThat(trial.now().isStarted()).isTrue();
        assertThat(trial.now().runsLost()).isEqualTo(1);
    }

    @Test
    void shouldCountOnlyTheRunThatIsGoneWhenWhoeverFoundItGoneGivesUpToo() {
        trial = trial.started("a", 1, 0, 0).errored("b", new Reason("DELIVERED_TOO_OFTEN", "4 times"));

        assertThat(trial.now().isBrokenOff()).isTrue();
        assertThat(trial.now().runsLost()).isEqualTo(1);
        assertThat(trial.now().fault()).contains(Reason.of(ReasonCode.TRAINER_LOST, "4 times"));
    }

    @Test
    void shouldKeepTheRefusalAsTheFaultWhereNoRunHadBegun() {
        Reason refused = Reason.of(ReasonCode.DELIVERED_TOO_OFTEN, "4 times");

        assertThat(trial.errored("b", refused).now().fault()).contains(refused);
    }

    @Test
    void shouldNotCountALostRunThatLeftANewerCheckpoint() {
        // Given a run that was lost at its start, and one that was lost later
        trial = trial.started("a", 1, 0, 0).expire(6, DEADLINES);
        trial = trial.dispatchedAgain(6).started("b", 2, 0, 6).expire(12, DEADLINES);
        assertThat(trial.now().runsLost()).isEqualTo(2);

        // When the third goes on from a checkpoint of the second
        trial = trial.dispatchedAgain(12).started("c", 3, 7, 12);
        assertThat(trial.now().runsLost()).isEqualTo(1);

        // Then the same checkpoint pardons no other one
        trial = trial.started("d", 3, 7, 13);
        assertThat(trial.now().runsLost()).isEqualTo(2);
    }

    @Test
    void shouldNotPardonAnEarlierLossWhenARunWasInterruptedInOrder() {
        trial = trial.started("a", 1, 0, 0).started("b", 1, 0, 1).interrupted("b", FAULT);
        trial = trial.dispatchedAgain(2).started("c", 2, 5, 3);

        assertThat(trial.now().runsLost()).isEqualTo(1);
    }

    @Test
    void shouldBeStuckOnlyWhileItIsAliveAndFinishesNoEpoch() {
        trial = trial.started("a", 1, 0, 1);
        alive(1, 2, 3);

        alive(1, 4, 12);
        assertThat(trial.now().isStuck(DEADLINES)).isFalse();
        assertThat(trial.alive("a", 2, 13).now().isStuck(DEADLINES)).isFalse();
        alive(1, 13, 13);
        assertThat(trial.now().isStuck(DEADLINES)).isTrue();
        assertThat(trial.toldStuck(13).now().isStuck(DEADLINES)).isFalse();
    }

    @Test
    void shouldGiveARetrainTimeForWhatItLeaves() {
        // Given a retrain whose last epoch took a tick
        StudyRecord study = Studied.study("s", 3);
        Configuration configuration = study.spec().space().configuration(Map.of("x", 0.5, "kind", "a"));
        LedgerRecord ledger = new Proposer(study.spec())
                .retrain(new StudyHistory(study), 0, configuration, new Retrain(1, Optional.empty()), Studied.NOW)
                .dispatchedAgain();
        TrialStory retrain = new TrialStory(OpenTrial.of(ledger, configuration, 0))
                .started("a", 1, 0, 1)
                .alive("a", 1, 2);

        // When it goes on without another epoch, alive
        for (int tick = 3; tick <= 22; tick++) {
            retrain = retrain.alive("a", 1, tick);
        }

        // Then it has as long as an epoch of which nothing is known
        assertThat(retrain.now().isStuck(DEADLINES)).isFalse();
        assertThat(retrain.alive("a", 1, 23).now().isStuck(DEADLINES)).isTrue();
    }

    @Test
    void shouldNotTakeAFrozenRunForAStuckOne() {
        trial = trial.started("a", 1, 0, 1);
        alive(1, 2, 3);

        trial = trial.alive("a", 1, 1_000);

        assertThat(trial.now().isStuck(DEADLINES)).isFalse();
    }

    @Test
    void shouldBePatientWithSlowEpochsAndWithTheFirst() {
        trial = trial.started("a", 1, 0, 1);
        alive(0, 1, 21);
        assertThat(trial.now().isStuck(DEADLINES)).isFalse();
        assertThat(trial.alive("a", 0, 22).now().isStuck(DEADLINES)).isTrue();

        // When that epoch of 20 ticks ends after all
        alive(1, 21, 21 + 5 * 20);

        assertThat(trial.now().isStuck(DEADLINES)).isFalse();
        assertThat(trial.alive("a", 1, 22 + 5 * 20).now().isStuck(DEADLINES)).isTrue();
    }

    @Test
    void shouldBeAsPatientAsATrainingAsksFor() {
        Deadlines patient = DEADLINES.patient(50);
        trial = trial.started("a", 1, 0, 1);
        alive(1, 1, 3);
        alive(1, 3, 43);

        assertThat(trial.now().isStuck(DEADLINES)).isTrue();
        assertThat(trial.now().isStuck(patient)).isFalse();
        assertThat(DEADLINES.patient(1).firstEpoch()).isEqualTo(20);
    }

    @Test
    void shouldNotMeasureAnEpochWhoseBeginningItDidNotSee() {
        // Given a run that was under way when this suggester started
        trial = trial.started("a", 1, 0, 0);
        alive(7, 1, 2);

        // Then nothing is known of its epochs' length before it has finished one more
        alive(7, 3, 21);
        assertThat(trial.now().isStuck(DEADLINES)).isFalse();
        alive(8, 22, 22 + 5 * 20);
        assertThat(trial.now().isStuck(DEADLINES)).isFalse();
    }

    @Test
    void shouldLoseAStuckRunThatDoesNotEndWhenToldTo() {
        trial = trial.started("a", 1, 0, 1).toldStuck(21);

        alive(0, 1, 26);
        assertThat(trial.expire(26, DEADLINES).now().isStarted()).isTrue();

        alive(0, 27, 27);
        trial = trial.expire(27, DEADLINES);
        assertThat(trial.now().isBrokenOff()).isTrue();
        assertThat(trial.now().fault()).map(Reason::code).contains(ReasonCode.STUCK.name());
    }

    @Test
    void shouldNoticeThatTheQueueHasPassedItsRecordWithoutARun() {
        trial = trial.enqueued(7).queueBeginsAt(7, 1);
        assertThat(trial.expire(1_000, DEADLINES).now().isQueued()).isTrue();

        trial = trial.queueBeginsAt(8, 10).queueBeginsAt(9, 11);
        assertThat(trial.expire(12, DEADLINES).now().isQueued()).isTrue();
        assertThat(trial.expire(13, DEADLINES)).satisfies(passed -> {
            assertThat(passed.now().isBrokenOff()).isTrue();
            assertThat(passed.now().runsLost()).isEqualTo(1);
            assertThat(passed.now().fault()).map(Reason::code).contains(ReasonCode.QUEUE_PASSED.name());
        });
        assertThat(trial.alive("a", 0, 12).expire(13, DEADLINES).now().isStarted())
                .isTrue();
    }

    @Test
    void shouldAwaitARunWhileItsNewestDispatchHasNone() {
        assertThat(trial.now().awaitsRun()).isTrue();
        assertThat(trial.started("a", 1, 0, 0).now().awaitsRun()).isFalse();
        assertThat(trial.dispatchedAgain(0).started("a", 1, 0, 0).now().awaitsRun())
                .isTrue();
    }

    /** Run "a" gives a sign of life at each of these ticks. */
    private void alive(int epoch, long from, long to) {
        for (long tick = from; tick <= to; tick++) {
            trial = trial.alive("a", epoch, tick);
        }
    }
}

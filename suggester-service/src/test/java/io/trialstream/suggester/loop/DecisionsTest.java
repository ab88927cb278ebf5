package io.trialstream.suggester.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialReport;
import io.trialstream.suggester.Studied;
import io.trialstream.suggester.SuggesterMeters;
import io.trialstream.suggester.TestSettings;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.study.Deadlines;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private final Studies studies = new Studies();
    private final Trainers trainers = new Trainers(5);
    private final AtomicInteger commandIds = new AtomicInteger();
    private final Decisions decisions = new Decisions(
            TestSettings.defaults(),
            studies,
            trainers,
            new Suggestions(Duration.ofMinutes(1), Duration.ofMinutes(1), () -> {}),
            Clock.fixed(Studied.NOW, ZoneOffset.UTC),
            () -> "command-" + commandIds.incrementAndGet(),
            new SuggesterMeters(new SimpleMeterRegistry()));
    private ActiveStudy study;

    @BeforeEach
    void oneStudy() {
        studies.apply(Studied.study("s", 3));
        study = studies.byId("s").orElseThrow();
    }

    @Test
    void shouldProposeNothingWithoutCapacity() {
        assertThat(round().ledger()).isEmpty();
    }

    @Test
    void shouldProposeJustAsManyTrialsAsSlotsAreFree() {
        trainers.apply(Studied.ready("t1", 2));

        Changes first = round();
        Changes second = round();

        assertThat(first.ledger()).hasSize(2);
        assertThat(first.queue())
                .extracting(queued -> queued.proposal().number())
                .containsExactly(0, 1);
        assertThat(first.studies()).extracting(StudyRecord::nextNumber).containsExactly(2);
        assertThat(second.ledger()).isEmpty();
    }

    @Test
    void shouldWaitForTheOutcomeBeforeItRefillsASlotButNotForEver() {
        // Given
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.finished(trial, "run-1", 0.5), trainers.now());

        // When Then
        assertThat(round().ledger()).isEmpty();
        trainers.tick();
        trainers.tick();
        trainers.apply(Studied.ready("t1", 1));
        assertThat(round().ledger()).extracting(LedgerRecord::evidenceWatermark).containsExactly(0L);
    }

    @Test
    void shouldShareSlotsAmongStudies() {
        studies.apply(Studied.study("other", 3));
        trainers.apply(Studied.ready("t1", 4));

        assertThat(round().queue())
                .extracting(queued -> queued.proposal().studyId())
                .containsExactly("s", "other", "s", "other");
    }

    @Test
    void shouldStayWithinTheBudgetAndCompleteWhenItIsSpent() {
        trainers.apply(Studied.ready("t1", 8));
        List<LedgerRecord> trials = round().ledger();
        assertThat(trials).hasSize(3);

        for (int i = 0; i < 3; i++) {
            study.history().apply(Studied.completed(trials.get(i), i + 1, 0.1 * i));
        }

        assertThat(round().studies()).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(StudyState.COMPLETED);
            assertThat(record.stateReason()).map(Reason::code).contains("TRIALS_SPENT");
        });
        assertThat(round().studies()).isEmpty();
    }

    @Test
    void shouldQueueABrokenOffTrialAgainAfterSupersedingTheOlderDispatch() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        study.history().apply(Studied.interrupted(trial, "run-1"), 0);

        Changes changes = round();

        assertThat(changes.ledger()).singleElement().satisfies(again -> {
            assertThat(again.number()).isZero();
            assertThat(again.dispatch()).isEqualTo(2);
            assertThat(again.configurationHash()).isEqualTo(trial.configurationHash());
        });
        assertThat(changes.commands()).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(TrialCommand.Kind.SUPERSEDE);
            assertThat(command.dispatch()).isEqualTo(2);
        });
        assertThat(changes.queue())
                .extracting(queued -> queued.proposal().dispatch())
                .containsExactly(2);
    }

    @Test
    void shouldGiveATrialUpWhenTooManyOfItsRunsBrokeOff() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        for (int run = 1; run <= 3; run++) {
            study.history().apply(Studied.started(trial, "run-" + run), 0);
            study.history().apply(Studied.errored(trial, "run-" + run), 0);
            trial = round().ledger().get(0);
        }

        assertThat(trial.dispatch()).isEqualTo(3);
        assertThat(trial.failure()).map(Reason::text).hasValueSatisfying(text -> assertThat(text)
                .contains("DISK_FULL"));
    }

    @Test
    void shouldGiveATrialUpAtOnceWhenItsStudyIsAtFault() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        study.history()
                .apply(
                        new TrialReport.Errored(
                                Studied.run(trial, "run-1"),
                                1,
                                new Reason("METRIC_NOT_REPORTED", "the workload reports no accuracy"),
                                Studied.NOW),
                        0);

        assertThat(round().ledger())
                .filteredOn(LedgerRecord::hasEnded)
                .singleElement()
                .satisfies(
                        given -> assertThat(given.failure()).map(Reason::code).contains("METRIC_NOT_REPORTED"));
    }

    @Test
    void shouldQueueAgainAfterAStartWhatNoRunHasBegun() {
        trainers.apply(Studied.ready("t1", 2));
        List<LedgerRecord> trials = round().ledger();
        study.history().apply(Studied.started(trials.get(0), "run-1"), 0);
        Changes changes = new Changes();

        decisions.takeUp(changes);

        assertThat(changes.queue()).singleElement().satisfies(queued -> {
            assertThat(queued.proposal().number()).isEqualTo(1);
            assertThat(queued.proposal().dispatch()).isEqualTo(2);
        });
    }

    @Test
    void shouldEndADoomedStudyAsFailedWithTheReasonAndCompleteNoBudget() {
        trainers.apply(Studied.ready("t1", 3));
        List<LedgerRecord> trials = round().ledger();
        trials.forEach(trial -> study.history().apply(Studied.failed(trial, "DISK_FULL")));

        Changes changes = round();

        assertThat(changes.studies()).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(StudyState.FAILED);
            assertThat(record.stateReason()).map(Reason::code).contains("DISK_FULL");
        });
        assertThat(changes.ledger()).isEmpty();
        assertThat(round().studies()).isEmpty();
    }

    @Test
    void shouldGiveATrialUpThatKillsItsTrainersAsSoonAsTheLimitIsReached() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        for (int run = 1; run <= 3; run++) {
            study.history().apply(Studied.started(trial, "run-" + run), 0);
            assertThat(round().ledger()).isEmpty();
        }

        study.history().apply(Studied.started(trial, "run-4"), 0);
        Changes changes = round();

        assertThat(changes.ledger())
                .filteredOn(LedgerRecord::hasEnded)
                .singleElement()
                .satisfies(given -> {
                    assertThat(given.number()).isZero();
                    assertThat(given.failure()).map(Reason::code).contains("TRAINER_LOST");
                });
        assertThat(changes.commands()).extracting(TrialCommand::kind).containsExactly(TrialCommand.Kind.CANCEL);
        assertThat(changes.queue())
                .as("its slot goes to the next trial")
                .extracting(queued -> queued.proposal().number())
                .containsExactly(1);
    }

    @Test
    void shouldTellAStuckRunSoOnceAndQueueItsTrialAgainWhenItEnds() {
        // Given a run that is alive and finishes no epoch
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 1);
        for (int tick = 2; tick <= 40; tick++) {
            study.history().alive(new RunStatus("s", 0, 1, "run-1", 1), tick);
        }

        // When
        Changes told = round();
        Changes later = round();
        study.history().apply(Studied.errored(trial, "run-1"), 0);
        Changes ended = round();

        // Then
        assertThat(told.commands()).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(TrialCommand.Kind.STUCK);
            assertThat(command.runId()).contains("run-1");
            assertThat(command.dispatch()).isEqualTo(1);
        });
        assertThat(later.commands()).isEmpty();
        assertThat(ended.queue())
                .extracting(queued -> queued.proposal().dispatch())
                .containsExactly(2);
    }

    @Test
    void shouldCancelAtOnceWhatNoRunTrainsWhenTheStudyIsStopped() {
        // Given one trial that a run trains, one in the queue, and one that waits
        trainers.apply(Studied.ready("t1", 2));
        List<LedgerRecord> trials = round().ledger();
        study.history().apply(Studied.started(trials.get(0), "run-1"), 0);
        Changes changes = new Changes();
        var configuration = study.history().spec().space().configuration(Map.of("x", 0.25, "kind", "b"));
        LedgerRecord waiting = study.proposer().enqueued(study.history(), 2, configuration, Studied.NOW);
        decisions.study(study, study.history().record().withNumbersGiven(1), changes);
        decisions.ledger(study, waiting, changes);

        // When
        decisions.stop(study, false, changes);

        // Then the run is told, and the others need no trainer to end
        assertThat(changes.studies()).extracting(StudyRecord::state).containsExactly(StudyState.STOPPED);
        assertThat(changes.commands()).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(TrialCommand.Kind.CANCEL);
            assertThat(command.number()).isZero();
            assertThat(command.immediate()).isFalse();
        });
        assertThat(changes.ledger())
                .extracting(
                        LedgerRecord::number, record -> record.cancellation().map(Reason::code))
                .containsExactlyInAnyOrder(
                        tuple(1, Optional.of("STOPPED_BY_USER")), tuple(2, Optional.of("STOPPED_BY_USER")));
        assertThat(changes.queue()).isEmpty();
        assertThat(round().ledger()).isEmpty();
    }

    @Test
    void shouldTellRunsToEndAtOnceAlsoWhenTheStudyHasBeenStoppedBefore() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        decisions.stop(study, false, new Changes());
        Changes changes = new Changes();

        decisions.stop(study, true, changes);

        assertThat(changes.studies()).isEmpty();
        assertThat(changes.commands())
                .extracting(TrialCommand::kind, TrialCommand::immediate)
                .containsExactly(tuple(TrialCommand.Kind.CANCEL, true));
    }

    @Test
    void shouldCancelTheTrialOfAStoppedStudyWhoseRunIsGone() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        decisions.stop(study, false, new Changes());

        study.history().expire(1_000, new Deadlines(5, 10, 5, 20, 2));
        Changes changes = round();

        assertThat(changes.queue()).isEmpty();
        assertThat(changes.ledger()).singleElement().satisfies(given -> assertThat(given.cancellation())
                .isPresent());
    }

    @Test
    void shouldTellTheRunsOfAStoppedStudyAgainAfterAStart() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        decisions.stop(study, false, new Changes());
        Changes changes = new Changes();

        decisions.takeUp(changes);

        assertThat(changes.commands()).extracting(TrialCommand::kind).containsExactly(TrialCommand.Kind.CANCEL);
    }

    @Test
    void shouldServeARetrainBeforeTheSearchAndWhateverTheStateOfItsStudy() {
        // Given a paused study with a completed trial, and one that searches
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.completed(trial, 1, 0.5));
        study.history().apply(study.history().record().withState(StudyState.PAUSED, Optional.empty()));
        studies.apply(Studied.study("other", 3));

        // When
        retrain();
        Changes changes = round();

        // Then it gets the one slot
        assertThat(changes.queue()).singleElement().satisfies(queued -> {
            assertThat(queued.proposal().studyId()).isEqualTo("s");
            assertThat(queued.proposal().retrain()).isTrue();
            assertThat(queued.proposal().dispatch()).isEqualTo(1);
        });
        assertThat(round().queue()).isEmpty();
    }

    @Test
    void shouldCompleteAStudyWhileItsRetrainGoesOnAndQueueThatAgain() {
        // Given a study whose budget is spent, and a retrain under way
        trainers.apply(Studied.ready("t1", 3));
        List<LedgerRecord> trials = round().ledger();
        study.history().apply(Studied.completed(trials.get(0), 1, 0.5));
        retrain();
        LedgerRecord again = round().ledger().get(0);
        study.history().apply(Studied.started(again, "run-3"), 0);
        study.history().apply(Studied.completed(trials.get(1), 2, 0.4));
        study.history().apply(Studied.completed(trials.get(2), 3, 0.3));

        // When
        assertThat(round().studies()).extracting(StudyRecord::state).containsExactly(StudyState.COMPLETED);
        study.history().apply(Studied.interrupted(again, "run-3"), 0);

        // Then
        assertThat(round().queue()).singleElement().satisfies(queued -> {
            assertThat(queued.proposal().retrain()).isTrue();
            assertThat(queued.proposal().dispatch()).isEqualTo(2);
        });
    }

    @Test
    void shouldCancelTheRetrainsOfAStudyThatIsStoppedAndLetLaterOnesBe() {
        // Given a stopped study with a retrain under way
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.completed(trial, 1, 0.5));
        decisions.stop(study, false, new Changes());
        retrain();
        LedgerRecord first = round().ledger().get(0);
        study.history().apply(Studied.started(first, "run-1"), 0);

        // When the suggester starts again
        Changes takenUp = new Changes();
        decisions.takeUp(takenUp);

        // Then the retrain goes on
        assertThat(takenUp.commands()).isEmpty();
        assertThat(takenUp.ledger()).isEmpty();

        // When the study is stopped once more
        Changes changes = new Changes();
        decisions.stop(study, false, changes);

        // Then the retrain is cancelled, and its run is told
        assertThat(changes.studies()).isEmpty();
        assertThat(changes.ledger())
                .extracting(
                        LedgerRecord::number, record -> record.cancellation().map(Reason::code))
                .containsExactly(tuple(1, Optional.of("STOPPED_BY_USER")));
        assertThat(changes.commands()).extracting(TrialCommand::kind).containsExactly(TrialCommand.Kind.CANCEL);

        // When another one is asked for
        retrain();

        // Then it is served
        trainers.apply(Studied.ready("t2", 2));
        assertThat(round().queue())
                .extracting(queued -> queued.proposal().number())
                .containsExactly(2);
    }

    @Test
    void shouldRefuseToTrainAgainWhatWasNotTrainedOrIsBeingTrainedAgain() {
        trainers.apply(Studied.ready("t1", 1));
        assertThatExceptionOfType(StudyRefusedException.class)
                .isThrownBy(this::retrain)
                .matches(refused -> refused.code() == StudyRefusedException.Code.NOT_TRAINED);
        study.history().apply(Studied.completed(round().ledger().get(0), 1, 0.5));

        retrain();

        assertThatExceptionOfType(StudyRefusedException.class)
                .isThrownBy(this::retrain)
                .matches(refused -> refused.code() == StudyRefusedException.Code.RETRAIN_UNDER_WAY);
    }

    private void retrain() {
        RetrainCommands.action("s", Optional.empty(), Optional.empty())
                .perform(new Request.Desk(studies, trainers, decisions), new Changes());
    }

    @Test
    void shouldTellTrainersOfEachTrialThatItEndsIfARunOfItHasBegun() {
        // Given two trials, of which a run has begun the first and was interrupted
        trainers.apply(Studied.ready("t1", 2));
        List<LedgerRecord> trials = round().ledger();
        study.history().apply(Studied.started(trials.get(0), "run-1"), 0);
        study.history().apply(Studied.interrupted(trials.get(0), "run-1"), 0);
        Changes changes = new Changes();

        // When both are ended by the suggester's word
        decisions.stop(study, false, changes);

        // Then trainers hear of the one that may have left checkpoints, again after a start
        assertThat(changes.ledger()).hasSize(2);
        assertThat(changes.commands()).extracting(TrialCommand::number).containsExactly(0);
        Changes takenUp = new Changes();
        decisions.takeUp(takenUp);
        assertThat(takenUp.commands())
                .extracting(TrialCommand::number, TrialCommand::kind)
                .containsExactly(tuple(0, TrialCommand.Kind.CANCEL));
    }

    @Test
    void shouldTellARunThatBeganACancelledTrialToStop() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        decisions.stop(study, false, new Changes());
        Changes changes = new Changes();

        decisions.answer(Studied.started(trial, "late-run"), changes);

        assertThat(changes.commands()).extracting(TrialCommand::kind).containsExactly(TrialCommand.Kind.CANCEL);
    }

    @Test
    void shouldTellARunOfAnEndedTrialToStop() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.completed(trial, 1, 0.5));
        Changes changes = new Changes();

        decisions.answer(Studied.started(trial, "late-run"), changes);

        assertThat(changes.commands()).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(TrialCommand.Kind.CANCEL);
            assertThat(command.runId()).isEqualTo(Optional.empty());
        });
    }

    @Test
    void shouldProposeNothingForAPausedStudyAndGoOnWhenItIsResumed() {
        trainers.apply(Studied.ready("t1", 1));
        study.history().apply(study.history().record().withState(StudyState.PAUSED, Optional.empty()));
        assertThat(round().ledger()).isEmpty();

        study.history().apply(study.history().record().withState(StudyState.RUNNING, Optional.empty()));
        assertThat(round().ledger()).hasSize(1);
    }

    private Changes round() {
        Changes changes = new Changes();
        decisions.round(changes);
        return changes;
    }
}

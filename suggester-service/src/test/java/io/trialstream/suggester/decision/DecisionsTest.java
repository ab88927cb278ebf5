package io.trialstream.suggester.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialReport;
import io.trialstream.suggester.Studied;
import io.trialstream.suggester.command.DirectExecutor;
import io.trialstream.suggester.command.RequestContext;
import io.trialstream.suggester.command.RetrainCommands;
import io.trialstream.suggester.command.StudyRefusedException;
import io.trialstream.suggester.config.TestSettings;
import io.trialstream.suggester.config.Ticks;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.Deadlines;
import io.trialstream.suggester.state.Studies;
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
    private final RecordedDecisions recorded = new RecordedDecisions();
    private final SuggesterState state = new SuggesterState(studies, trainers);
    private final Decisions decisions = new Decisions(
            Ticks.policy(TestSettings.defaults()),
            state,
            new Suggestions(Duration.ofMinutes(1), Duration.ofMinutes(1), () -> {}),
            new CommandFactory(
                    () -> "command-" + commandIds.incrementAndGet(), Clock.fixed(Studied.NOW, ZoneOffset.UTC)),
            recorded);
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

        PendingCommit first = round();
        PendingCommit second = round();

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
        assertThat(recorded.lines()).endsWith("s COMPLETED TRIALS_SPENT");
    }

    @Test
    void shouldQueueABrokenOffTrialAgainAfterSupersedingTheOlderDispatch() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        study.history().apply(Studied.interrupted(trial, "run-1"), 0);

        PendingCommit commit = round();

        assertThat(commit.ledger()).singleElement().satisfies(again -> {
            assertThat(again.number()).isZero();
            assertThat(again.dispatch()).isEqualTo(2);
            assertThat(again.configurationHash()).isEqualTo(trial.configurationHash());
        });
        assertThat(commit.commands()).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(TrialCommand.Kind.SUPERSEDE);
            assertThat(command.dispatch()).isEqualTo(2);
        });
        assertThat(commit.queue())
                .extracting(queued -> queued.proposal().dispatch())
                .containsExactly(2);
        assertThat(recorded.lines()).containsExactly("added s:0", "queued again s:0 DRAINED");
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
        assertThat(recorded.lines())
                .containsExactly(
                        "added s:0",
                        "queued again s:0 DISK_FULL",
                        "queued again s:0 DISK_FULL",
                        "failed s:0 DISK_FULL",
                        "added s:1");
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
        PendingCommit commit = new PendingCommit();

        decisions.takeOver(commit);

        assertThat(commit.queue()).singleElement().satisfies(queued -> {
            assertThat(queued.proposal().number()).isEqualTo(1);
            assertThat(queued.proposal().dispatch()).isEqualTo(2);
        });
    }

    @Test
    void shouldEndADoomedStudyAsFailedWithTheReasonAndCompleteNoBudget() {
        trainers.apply(Studied.ready("t1", 3));
        List<LedgerRecord> trials = round().ledger();
        trials.forEach(trial -> study.history().apply(Studied.failed(trial, "DISK_FULL")));

        PendingCommit commit = round();

        assertThat(commit.studies()).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(StudyState.FAILED);
            assertThat(record.stateReason()).map(Reason::code).contains("DISK_FULL");
        });
        assertThat(commit.ledger()).isEmpty();
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
        PendingCommit commit = round();

        assertThat(commit.ledger())
                .filteredOn(LedgerRecord::hasEnded)
                .singleElement()
                .satisfies(given -> {
                    assertThat(given.number()).isZero();
                    assertThat(given.failure()).map(Reason::code).contains("TRAINER_LOST");
                });
        assertThat(commit.commands()).extracting(TrialCommand::kind).containsExactly(TrialCommand.Kind.CANCEL);
        assertThat(commit.queue())
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
        PendingCommit told = round();
        PendingCommit later = round();
        study.history().apply(Studied.errored(trial, "run-1"), 0);
        PendingCommit ended = round();

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
        PendingCommit commit = new PendingCommit();
        var configuration = study.history().spec().space().configuration(Map.of("x", 0.25, "kind", "b"));
        LedgerRecord waiting = study.proposer().enqueued(study.history(), 2, configuration, Studied.NOW);
        decisions.updates().add(study, List.of(waiting), commit);

        // When
        decisions.stop(study, false, commit);

        // Then the run is told, and the others need no trainer to end
        assertThat(commit.studies()).extracting(StudyRecord::state).containsExactly(StudyState.STOPPED);
        assertThat(commit.commands()).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(TrialCommand.Kind.CANCEL);
            assertThat(command.number()).isZero();
            assertThat(command.immediate()).isFalse();
        });
        assertThat(commit.ledger())
                .extracting(
                        LedgerRecord::number, record -> record.cancellation().map(Reason::code))
                .containsExactlyInAnyOrder(
                        tuple(1, Optional.of("STOPPED_BY_USER")), tuple(2, Optional.of("STOPPED_BY_USER")));
        assertThat(commit.queue()).isEmpty();
        assertThat(round().ledger()).isEmpty();
    }

    @Test
    void shouldTellRunsToEndAtOnceAlsoWhenTheStudyHasBeenStoppedBefore() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        decisions.stop(study, false, new PendingCommit());
        PendingCommit commit = new PendingCommit();

        decisions.stop(study, true, commit);

        assertThat(commit.studies()).isEmpty();
        assertThat(commit.commands())
                .extracting(TrialCommand::kind, TrialCommand::immediate)
                .containsExactly(tuple(TrialCommand.Kind.CANCEL, true));
    }

    @Test
    void shouldCancelTheTrialOfAStoppedStudyWhoseRunIsGone() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        decisions.stop(study, false, new PendingCommit());

        study.history().expire(1_000, new Deadlines(5, 10, 5, 20, 2));
        PendingCommit commit = round();

        assertThat(commit.queue()).isEmpty();
        assertThat(commit.ledger()).singleElement().satisfies(given -> assertThat(given.cancellation())
                .isPresent());
    }

    @Test
    void shouldTellTheRunsOfAStoppedStudyAgainAfterAStart() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.started(trial, "run-1"), 0);
        decisions.stop(study, false, new PendingCommit());
        PendingCommit commit = new PendingCommit();

        decisions.takeOver(commit);

        assertThat(commit.commands()).extracting(TrialCommand::kind).containsExactly(TrialCommand.Kind.CANCEL);
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
        PendingCommit commit = round();

        // Then it gets the one slot
        assertThat(commit.queue()).singleElement().satisfies(queued -> {
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
        decisions.stop(study, false, new PendingCommit());
        retrain();
        LedgerRecord first = round().ledger().get(0);
        study.history().apply(Studied.started(first, "run-1"), 0);

        // When the suggester starts again
        PendingCommit takenOver = new PendingCommit();
        decisions.takeOver(takenOver);

        // Then the retrain goes on
        assertThat(takenOver.commands()).isEmpty();
        assertThat(takenOver.ledger()).isEmpty();

        // When the study is stopped once more
        PendingCommit commit = new PendingCommit();
        decisions.stop(study, false, commit);

        // Then the retrain is cancelled, and its run is told
        assertThat(commit.studies()).isEmpty();
        assertThat(commit.ledger())
                .extracting(
                        LedgerRecord::number, record -> record.cancellation().map(Reason::code))
                .containsExactly(tuple(1, Optional.of("STOPPED_BY_USER")));
        assertThat(commit.commands()).extracting(TrialCommand::kind).containsExactly(TrialCommand.Kind.CANCEL);

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
        DirectExecutor executor = new DirectExecutor(new RequestContext(state, decisions));
        DirectExecutor.answer(new RetrainCommands(executor).retrain("s", Optional.empty(), Optional.empty()));
    }

    @Test
    void shouldTellTrainersOfEachTrialThatItEndsIfARunOfItHasBegun() {
        // Given two trials, of which a run has begun the first and was interrupted
        trainers.apply(Studied.ready("t1", 2));
        List<LedgerRecord> trials = round().ledger();
        study.history().apply(Studied.started(trials.get(0), "run-1"), 0);
        study.history().apply(Studied.interrupted(trials.get(0), "run-1"), 0);
        PendingCommit commit = new PendingCommit();

        // When both are ended by the suggester's word
        decisions.stop(study, false, commit);

        // Then trainers hear of the one that may have left checkpoints, again after a start
        assertThat(commit.ledger()).hasSize(2);
        assertThat(commit.commands()).extracting(TrialCommand::number).containsExactly(0);
        PendingCommit takenOver = new PendingCommit();
        decisions.takeOver(takenOver);
        assertThat(takenOver.commands())
                .extracting(TrialCommand::number, TrialCommand::kind)
                .containsExactly(tuple(0, TrialCommand.Kind.CANCEL));
    }

    @Test
    void shouldTellARunThatBeganACancelledTrialToStop() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        decisions.stop(study, false, new PendingCommit());
        PendingCommit commit = new PendingCommit();

        decisions.answer(Studied.started(trial, "late-run"), commit);

        assertThat(commit.commands()).extracting(TrialCommand::kind).containsExactly(TrialCommand.Kind.CANCEL);
    }

    @Test
    void shouldTellARunOfAnEndedTrialToStop() {
        trainers.apply(Studied.ready("t1", 1));
        LedgerRecord trial = round().ledger().get(0);
        study.history().apply(Studied.completed(trial, 1, 0.5));
        PendingCommit commit = new PendingCommit();

        decisions.answer(Studied.started(trial, "late-run"), commit);

        assertThat(commit.commands()).singleElement().satisfies(command -> {
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

    private PendingCommit round() {
        PendingCommit commit = new PendingCommit();
        decisions.round(commit);
        return commit;
    }
}

package io.trialstream.results.store;

import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialEntityTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    private final AStudy messages = aStudy();
    private final ATrial trialMessages = aTrial(messages, 0);
    private final StudyEntity study = StudyEntity.of(messages.running());
    private final TrialEntity trial = TrialEntity.of(trialMessages.proposed(), study);

    @Test
    void shouldCountEveryChangeOfState() {
        trial.started(trialMessages.started("a"), study);
        assertThat(study.trials.queued).isZero();
        assertThat(study.trials.running).isEqualTo(1);

        trial.finished(trialMessages.completed("a", 0.5), study, NOW);

        assertThat(study.trials.running).isZero();
        assertThat(study.trials.completed).isEqualTo(1);
        assertThat(trial.version).isEqualTo(3);
    }

    @Test
    void shouldLetTheFirstFinalReportStand() {
        assertThat(trial.finished(trialMessages.completed("a", 0.5), study, NOW))
                .isTrue();
        assertThat(trial.finished(trialMessages.completed("b", 0.9), study, NOW))
                .isFalse();

        assertThat(trial.objective).isEqualTo(0.5);
        assertThat(trial.standingRun()).contains(trialMessages.run("a").runId());
        assertThat(trial.duplicateReports).isEqualTo(1);
        assertThat(study.evidenceCount).isEqualTo(1);
        assertThat(study.bestObjective).isEqualTo(0.5);
    }

    @Test
    void shouldEndAsItsTopicSaysWhereTheDatabaseWasLost() {
        Outcome recorded = recordedOutcome();
        study.countsFrom(20);
        trial.expects(recorded);

        // Another report than the one that stood, and the suggester's word, which came too late
        assertThat(trial.finished(trialMessages.completed("a", 0.5), study, NOW))
                .isFalse();
        assertThat(trial.givenUp(new Reason("RUNS_LOST", "three runs"), study, NOW))
                .isFalse();
        assertThat(trial.cancelled(new Reason("STOPPED_BY_USER", "stopped"), study, NOW))
                .isFalse();
        assertThat(trial.finished(trialMessages.completed("b", 0.5), study, NOW))
                .isTrue();

        assertThat(trial.outcome()).isEqualTo(recorded);
        assertThat(trial.bestEpoch).isEqualTo(2);
        assertThat(study.evidenceCount).isEqualTo(20);
        assertThat(trial.duplicateReports).isEqualTo(1);
    }

    @Test
    void shouldEndByItsOutcomeAloneWhereTheReportIsGone() {
        Outcome recorded = recordedOutcome();

        trial.endedAs(recorded, study);

        assertThat(trial.outcome()).isEqualTo(recorded);
        assertThat(trial.loss).isEqualTo(-0.5);
        assertThat(trial.bestMetrics).isEqualTo("{\"objective\":0.5}");
        assertThat(study.trials.completed).isEqualTo(1);
    }

    @Test
    void shouldNotEndAsTheOutcomeOfAnotherConfigurationSays() {
        ATrial other = aTrial(messages, 1);
        TrialEntity another = TrialEntity.of(other.proposed(), study);
        another.expects(recordedOutcome());

        assertThat(another.expected()).isEmpty();
        assertThat(another.finished(other.completed("a", 0.5), study, NOW)).isTrue();
        assertThat(another.evidenceNumber).isEqualTo(1);
    }

    @Test
    void shouldCountAnImportedTrialBesideTheBudget() {
        ATrial imported = aTrial(messages, 1);
        TrialEntity second = TrialEntity.of(imported.imported(TrialState.COMPLETED, Optional.of(0.5)), study);
        trial.finished(trialMessages.completed("a", 0.5), study, NOW);
        second.finished(
                imported.imported(TrialState.COMPLETED, Optional.of(0.5))
                        .importedReport()
                        .orElseThrow(),
                study,
                NOW);

        assertThat(study.trials.completed).isEqualTo(2);
        assertThat(study.trials.imported).isEqualTo(1);
        assertThat(study.trials.counted()).isEqualTo(1);
    }

    private Outcome recordedOutcome() {
        return Outcome.evidence(
                trialMessages.trialId(),
                17,
                new Outcome.Row(7, trialMessages.hash(), NOW.minusSeconds(60)),
                new Outcome.End(
                        TrialState.COMPLETED,
                        Optional.of(0.5),
                        3,
                        Optional.of(trialMessages.run("b").runId()),
                        Optional.empty()));
    }

    @Test
    void shouldNumberEvidenceOnly() {
        ATrial cancelled = aTrial(messages, 1);
        ATrial infeasible = aTrial(messages, 2);
        TrialEntity second = TrialEntity.of(cancelled.proposed(), study);
        TrialEntity third = TrialEntity.of(infeasible.proposed(), study);

        trial.finished(trialMessages.completed("a", 0.5), study, NOW);
        second.finished(cancelled.ended("a", TrialState.CANCELLED), study, NOW);
        third.finished(infeasible.ended("a", TrialState.INFEASIBLE), study, NOW);

        assertThat(trial.evidenceNumber).isEqualTo(1);
        assertThat(second.evidenceNumber).isNull();
        assertThat(third.evidenceNumber).isEqualTo(2);
        assertThat(third.outcome().reason()).map(Reason::code).contains("NON_FINITE_LOSS");
    }

    @Test
    void shouldLeaveARetrainOutOfEverySumAndRanking() {
        // Given a trial of the search
        trial.finished(trialMessages.completed("a", 0.5), study, NOW);
        long millis = study.trainingMillis;

        // When it is trained again, with a better result
        ATrial again = aTrial(messages, 1);
        TrialEntity retrain = TrialEntity.of(again.retrains(trialMessages), study);
        retrain.started(again.started("a"), study);
        assertThat(retrain.finished(again.completed("a", 0.9), study, NOW)).isTrue();

        // Then it has its result, and nobody counts it
        assertThat(retrain.retrainOf).isZero();
        assertThat(retrain.objective).isEqualTo(0.9);
        assertThat(retrain.loss).isNull();
        assertThat(retrain.evidenceNumber).isNull();
        assertThat(retrain.outcome().retrain()).isTrue();
        assertThat(retrain.outcome().state()).isEqualTo(TrialState.COMPLETED);
        assertThat(study.evidenceCount).isEqualTo(1);
        assertThat(study.bestNumber).isZero();
        assertThat(study.trials.completed).isEqualTo(1);
        assertThat(study.trials.queued + study.trials.running).isZero();
        assertThat(study.trainingMillis).isEqualTo(millis);
    }

    @Test
    void shouldFailWhatTheSuggesterGaveUpUnlessItIsFinal() {
        Reason lost = new Reason("RUNS_LOST", "three runs were lost");

        assertThat(trial.givenUp(lost, study, NOW)).isTrue();
        assertThat(trial.finished(trialMessages.completed("a", 0.5), study, NOW))
                .isFalse();
        assertThat(trial.givenUp(lost, study, NOW)).isFalse();

        assertThat(trial.state).isEqualTo(TrialState.FAILED);
        assertThat(trial.outcome().runId()).isEmpty();
        assertThat(trial.outcome().evidenceNumber()).isEmpty();
    }

    @Test
    void shouldCancelWhatTheSuggesterEndedBeforeARunDid() {
        Reason stopped = new Reason("STUDY_STOPPED", "the study was stopped by its user");

        assertThat(trial.cancelled(stopped, study, NOW)).isTrue();
        assertThat(trial.finished(trialMessages.completed("a", 0.5), study, NOW))
                .isFalse();
        assertThat(trial.cancelled(stopped, study, NOW)).isFalse();

        assertThat(trial.state).isEqualTo(TrialState.CANCELLED);
        assertThat(trial.outcome().runId()).isEmpty();
        assertThat(trial.outcome().reason()).contains(stopped);
        assertThat(trial.duplicateReports).isEqualTo(1);
    }

    @Test
    void shouldWaitAgainWhenItsLastRunBrokeOff() {
        trial.started(trialMessages.started("a"), study);
        trial.started(trialMessages.started("b"), study);

        trial.brokeOff(trialMessages.run("a").runId(), study);
        assertThat(trial.state).isEqualTo(TrialState.RUNNING);

        trial.brokeOff(trialMessages.run("b").runId(), study);
        assertThat(trial.state).isEqualTo(TrialState.QUEUED);
    }

    @Test
    void shouldWaitAgainWhenItIsQueuedAgainUnlessTheNewRunWasFaster() {
        trial.started(trialMessages.started("a"), study);
        trial.dispatched(2, study);
        assertThat(trial.state).isEqualTo(TrialState.QUEUED);

        trial.started(trialMessages.started(trialMessages.run("b", 3), Optional.empty()), study);
        trial.dispatched(3, study);
        assertThat(trial.state).isEqualTo(TrialState.RUNNING);
        assertThat(trial.dispatch).isEqualTo(3);
    }

    @Test
    void shouldTurnTheObjectiveSoThatLessIsBetter() {
        trial.finished(trialMessages.completed("a", 0.5), study, NOW);

        assertThat(trial.loss).isEqualTo(-0.5);
    }
}

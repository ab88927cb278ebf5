package io.trialstream.suggester.state;

import static io.trialstream.suggester.Studied.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.ImportedResult;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Retrain;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrialState;
import io.trialstream.space.Configuration;
import io.trialstream.suggester.Studied;
import io.trialstream.tpe.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyHistoryTest {
    private static final Deadlines DEADLINES = new Deadlines(5, 10, 5, 20, 2);

    private final StudyRecord record = Studied.study("s", 10);
    private final Proposer proposer = new Proposer(record.spec());
    private final StudyHistory history = new StudyHistory(record);

    @Test
    void shouldGiveEachProposalTheNextNumberAndAnotherConfiguration() {
        List<LedgerRecord> trials = propose(5);

        assertThat(trials).extracting(LedgerRecord::number).containsExactly(0, 1, 2, 3, 4);
        assertThat(trials).extracting(LedgerRecord::configurationHash).doesNotHaveDuplicates();
        assertThat(trials.get(4).pending()).containsExactly(0, 1, 2, 3);
        assertThat(history.inFlight()).isEqualTo(5);
        assertThat(history.budgetLeft()).isEqualTo(5);
    }

    @Test
    void shouldApplyEvidenceInTheOrderOfItsNumbersHoweverItArrives() {
        // Given
        List<LedgerRecord> trials = propose(3);

        // When the third piece of evidence comes first
        history.apply(Studied.completed(trials.get(1), 3, 0.3));

        // Then it waits, its trial is settled but still pending for the sampler
        assertThat(history.watermark()).isZero();
        assertThat(history.evidence().size()).isZero();
        assertThat(history.pending()).containsExactly(0, 1, 2);
        assertThat(history.inFlight()).isEqualTo(2);

        // When the ones before it come
        history.apply(Studied.completed(trials.get(2), 2, 0.2));
        history.apply(Studied.completed(trials.get(0), 1, 0.1));

        // Then all are applied in order
        assertThat(history.watermark()).isEqualTo(3);
        assertThat(history.evidence().observations())
                .extracting(Observation::trialNumber)
                .containsExactly(0, 2, 1);
        assertThat(history.evidence().observations())
                .extracting(Observation::loss)
                .containsExactly(-0.1, -0.2, -0.3);
        assertThat(history.best()).map(Outcome::number).contains(1);
        assertThat(history.open()).isEmpty();
    }

    @Test
    void shouldLearnFromImportedTrialsWithoutSpendingSlotsOrBudget() {
        // Given
        LedgerRecord imported = imported("a".repeat(64));
        history.apply(history.record().withNumbersGiven(1));

        // When
        history.apply(imported);

        // Then it waits for its outcome and nothing else
        assertThat(history.inFlight()).isZero();
        assertThat(history.settlingSince(0)).isZero();
        assertThat(history.budgetLeft()).isEqualTo(10);
        assertThat(history.pending()).containsExactly(0);
        assertThat(history.imported("a".repeat(64))).isEqualTo(imported.importedRun());
        assertThat(history.imported("b".repeat(64))).isEmpty();

        // When
        history.apply(Studied.completed(imported, 1, 0.9));

        // Then
        assertThat(history.open()).isEmpty();
        assertThat(history.best()).map(Outcome::number).contains(0);
        assertThat(history.evidence().observations()).hasSize(1);
        assertThat(history.budgetLeft()).isEqualTo(10);
        assertThat(history.progress().counted()).isZero();
        assertThat(history.progress().all()).containsEntry(TrialState.COMPLETED, 1);
    }

    @Test
    void shouldKeepARetrainFromTheSamplerAndTheBudgetWhateverBecomesOfIt() {
        // Given a trial that was completed, and one under way
        List<LedgerRecord> trials = propose(2);
        history.apply(Studied.finished(trials.get(0), "run-0", 0.5), 0);
        history.apply(Studied.completed(trials.get(0), 1, 0.5));
        int left = history.budgetLeft();

        // When the first is trained again
        LedgerRecord retrain =
                proposer.retrain(history, 2, history.trained(0).orElseThrow(), new Retrain(0, Optional.of(9)), NOW);
        history.apply(history.record().withNumbersGiven(1));
        history.apply(retrain);
        history.apply(retrain.dispatchedAgain());

        // Then it takes a slot, and is nothing to the search
        assertThat(history.inFlight()).isEqualTo(2);
        assertThat(history.searching()).isEqualTo(1);
        assertThat(history.pending()).containsExactly(1);
        assertThat(history.evidence().pending()).hasSize(1);
        assertThat(history.budgetLeft()).isEqualTo(left);
        assertThat(history.progress().open()).isEqualTo(1);

        // When it ends, better than any
        history.apply(Studied.finished(retrain.dispatchedAgain(), "run-2", 0.9), 0);
        history.apply(Studied.retrained(retrain, 0.9));

        // Then nothing of that counts
        assertThat(history.open()).extracting(OpenTrial::number).containsExactly(1);
        assertThat(history.best()).map(Outcome::number).contains(0);
        assertThat(history.watermark()).isEqualTo(1);
        assertThat(history.evidence().size()).isEqualTo(1);
        assertThat(history.progress().counted()).isEqualTo(1);
        assertThat(history.progress().trainingTime()).hasSeconds(1);
        assertThat(history.isFinal(2)).isTrue();
    }

    @Test
    void shouldQueueARetrainWithTheSeedAndTheConfigurationOfTheTrialItRepeats() {
        LedgerRecord trial = propose(1).get(0);
        history.apply(Studied.completed(trial, 1, 0.5));
        Configuration configuration = history.trained(0).orElseThrow();

        Proposal first = Proposer.proposal(record, trial);
        Proposal again = Proposer.proposal(
                record,
                proposer.retrain(history, 1, configuration, new Retrain(0, Optional.empty()), NOW)
                        .dispatchedAgain());
        Proposal longer = Proposer.proposal(
                record,
                proposer.retrain(history, 1, configuration, new Retrain(0, Optional.of(9)), NOW)
                        .dispatchedAgain());

        assertThat(first.retrain()).isFalse();
        assertThat(again)
                .usingRecursiveComparison()
                .ignoringFields("number", "retrain")
                .isEqualTo(first);
        assertThat(again.retrain()).isTrue();
        assertThat(longer.training()).isEqualTo(record.spec().training().withEpochs(9));
        assertThat(history.trained(1)).isEmpty();
    }

    private LedgerRecord imported(String contentHash) {
        ImportedResult result = new ImportedResult(
                contentHash,
                "elsewhere",
                "run-1",
                TrialState.COMPLETED,
                Optional.of(0.9),
                3,
                2,
                Map.of("objective", 0.9),
                Map.of(),
                Duration.ZERO,
                Optional.empty(),
                NOW);
        return proposer.imported(
                history, 0, record.spec().space().configuration(Map.of("x", 0.5, "kind", "a")), result, NOW);
    }

    @Test
    void shouldCountAnOutcomeOnce() {
        LedgerRecord trial = propose(1).get(0);

        assertThat(history.apply(Studied.completed(trial, 1, 0.5))).isTrue();
        assertThat(history.apply(Studied.completed(trial, 1, 0.5))).isFalse();

        assertThat(history.progress().counted()).isEqualTo(1);
        assertThat(history.evidence().size()).isEqualTo(1);
        assertThat(history.isFinal(0)).isTrue();
    }

    @Test
    void shouldCountFailedTrialsInTheBudgetAndCancelledOnesNot() {
        List<LedgerRecord> trials = propose(3);

        history.apply(Studied.ended(trials.get(0), TrialState.FAILED, Optional.empty()));
        history.apply(Studied.ended(trials.get(1), TrialState.CANCELLED, Optional.empty()));
        history.apply(Studied.ended(trials.get(2), TrialState.INFEASIBLE, Optional.of(1L)));

        assertThat(history.progress().counted()).isEqualTo(2);
        assertThat(history.budgetLeft()).isEqualTo(8);
        assertThat(history.evidence().observations())
                .extracting(Observation::kind)
                .containsExactly(Observation.Kind.INFEASIBLE);
    }

    @Test
    void shouldQueueAgainWhatWasInterruptedWithoutCountingALostRun() {
        LedgerRecord trial = propose(1).get(0);
        history.apply(Studied.started(trial, "run-1"), 0);

        history.apply(Studied.interrupted(trial, "run-1"), 0);

        OpenTrial open = history.open().iterator().next();
        assertThat(open.isBrokenOff()).isTrue();
        assertThat(open.runsLost()).isZero();
    }

    @Test
    void shouldLoseARunThatNoHeartbeatNamesForTooLong() {
        LedgerRecord trial = propose(1).get(0);
        history.apply(Studied.started(trial, "run-1"), 0);
        history.alive(new RunStatus("s", 0, 1, "run-1", 0), 4);

        history.expire(9, DEADLINES);
        assertThat(history.open().iterator().next().isBrokenOff()).isFalse();

        history.expire(10, DEADLINES);
        assertThat(history.open().iterator().next().isBrokenOff()).isTrue();
        assertThat(history.open().iterator().next().runsLost()).isEqualTo(1);
    }

    @Test
    void shouldNeverLoseATrialThatWaitsInTheQueue() {
        propose(1);

        history.expire(1_000_000, DEADLINES);

        assertThat(history.open().iterator().next().isQueued()).isTrue();
    }

    @Test
    void shouldHaveNoDeadlineOnceTheFinalReportIsIn() {
        LedgerRecord trial = propose(1).get(0);
        history.apply(Studied.started(trial, "run-1"), 0);
        history.apply(Studied.finished(trial, "run-1", 0.5), 3);

        history.expire(1_000_000, DEADLINES);

        assertThat(history.open().iterator().next().isSettling()).isTrue();
        assertThat(history.inFlight()).isZero();
        assertThat(history.settlingSince(3)).isEqualTo(1);
        assertThat(history.settlingSince(4)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReachTheSameStateInWhateverOrderAndHoweverOftenOutcomesAndReportsAreRead(long seed) {
        // Given
        List<LedgerRecord> trials = propose(8);
        List<Runnable> events = new ArrayList<>();
        for (LedgerRecord trial : trials) {
            events.add(() -> history.apply(Studied.started(trial, "run-" + trial.number()), 0));
            events.add(() -> history.apply(Studied.finished(trial, "run-" + trial.number(), trial.number()), 0));
            events.add(() -> history.apply(Studied.completed(trial, trial.number() + 1L, trial.number())));
        }
        events.addAll(List.copyOf(events));

        // When
        Collections.shuffle(events, new Random(seed));
        events.forEach(Runnable::run);

        // Then
        assertThat(history.watermark()).as("seed %d", seed).isEqualTo(8);
        assertThat(history.evidence().observations())
                .extracting(Observation::trialNumber)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(history.progress().trainingTime()).hasSeconds(8);
        assertThat(history.open()).isEmpty();
        assertThat(history.best()).map(Outcome::number).contains(7);
    }

    @Test
    void shouldSuggestTheSameAgainFromTheSameEvidence() {
        List<LedgerRecord> first = propose(3);
        StudyHistory again = new StudyHistory(record);
        List<LedgerRecord> second = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            second.add(propose(again));
        }

        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldMarkStartupTrialsAndEnqueuedOnes() {
        LedgerRecord startup = propose(1).get(0);
        LedgerRecord enqueued = proposer.enqueued(
                history, 1, record.spec().space().configuration(java.util.Map.of("x", 0.5, "kind", "b")), NOW);

        assertThat(startup.origin()).isEqualTo(Origin.STARTUP);
        assertThat(startup.dispatch()).isEqualTo(1);
        assertThat(enqueued.origin()).isEqualTo(Origin.ENQUEUED);
        assertThat(enqueued.dispatch()).isZero();
    }

    @Test
    void shouldDeriveTrialSeedsThatJsonNumbersHoldExactly() {
        assertThat(Proposer.trialSeed(42, 0)).isBetween(0L, (1L << 53) - 1).isNotEqualTo(Proposer.trialSeed(42, 1));
        assertThat(Proposer.trialSeed(42, 0))
                .isEqualTo(Proposer.trialSeed(42, 0))
                .isNotEqualTo(Proposer.trialSeed(43, 0));
    }

    private List<LedgerRecord> propose(int trials) {
        List<LedgerRecord> proposed = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            proposed.add(propose(history));
        }
        return proposed;
    }

    private LedgerRecord propose(StudyHistory target) {
        LedgerRecord next = Studied.next(proposer, target);
        target.apply(target.record().withNumbersGiven(1));
        target.apply(next);
        return next;
    }
}

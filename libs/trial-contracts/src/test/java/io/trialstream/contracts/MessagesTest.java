package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.study.Objective.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the records promise beyond their JSON form. */
class MessagesTest {
    private static final Run RUN = new Run("demo", 3, 1, "run-1", "trainer-1", "hash");

    @Test
    void shouldCopyWhatTheyAreGivenAndLetNobodyChangeIt() {
        // Given
        LedgerRecord example = (LedgerRecord) Examples.named("ledger-record").message();
        Map<String, Object> configuration = new LinkedHashMap<>(example.configuration());
        List<Integer> pending = new ArrayList<>(example.pending());
        LedgerRecord ledger = LedgerRecord.proposed(
                example.trialId(),
                new LedgerRecord.Point(configuration, example.assignment(), example.configurationHash()),
                Origin.MODEL,
                new LedgerRecord.Basis(0L, pending, example.sampler()),
                example.proposedAt());

        // When
        configuration.clear();
        pending.clear();

        // Then
        assertThat(ledger.configuration()).isEqualTo(example.configuration());
        assertThat(ledger.pending()).isEqualTo(example.pending());
        assertThat(ledger.failure()).isEmpty();
        assertThatThrownBy(() -> ledger.configuration().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ledger.assignment().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ledger.pending().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldCountDispatchesAndKeepTheRestOfATrial() {
        LedgerRecord waiting =
                (LedgerRecord) Examples.named("ledger-record-waiting").message();

        LedgerRecord queued = waiting.dispatchedAgain();
        LedgerRecord failed = queued.failed(new Reason("FAILURE_LIMIT", "3 runs failed"));

        assertThat(queued.dispatch()).isEqualTo(1);
        assertThat(failed)
                .usingRecursiveComparison()
                .ignoringFields("dispatch", "failure")
                .isEqualTo(waiting);
        assertThat(failed.failure()).map(Reason::code).contains("FAILURE_LIMIT");
        assertThat(failed.trialId()).isEqualTo(new TrialId(Examples.STUDY, 0));
        assertThat(List.of(waiting, queued)).noneMatch(LedgerRecord::hasEnded);
        assertThat(List.of(failed, waiting.cancelled(new Reason("STUDY_STOPPED", "by its user"))))
                .allMatch(LedgerRecord::hasEnded);
    }

    @Test
    void shouldKeyCommandsSoThatOneHidesOnlyOlderOnesOfItsKind() {
        TrialCommand cancel =
                (TrialCommand) Examples.named("trial-command-cancel").message();

        assertThat(cancel.key()).isEqualTo(cancel.trialId() + "/CANCEL");
        assertThat(TrialCommand.trialOf(cancel.key())).isEqualTo(cancel.trialId());
        assertThat(TrialCommand.trialOf(cancel.trialId().toString())).isEqualTo(cancel.trialId());
    }

    @Test
    void shouldGiveEachChangeOfAStudyANewRevision() {
        StudyRecord study =
                (StudyRecord) Examples.named("study-record-cifar-cnn").message();

        StudyRecord paused = study.withState(StudyState.PAUSED, Optional.of(new Reason("PAUSED", "by the user")))
                .withNumbersGiven(3);

        assertThat(paused.revision()).isEqualTo(study.revision() + 2);
        assertThat(paused.nextNumber()).isEqualTo(study.nextNumber() + 3);
        assertThat(paused.state()).isEqualTo(StudyState.PAUSED);
        assertThat(paused.spec()).isEqualTo(study.spec());
    }

    @Test
    void shouldTurnNonFiniteMetricsIntoNullsWithAReason() {
        EpochReport report = new EpochReport(
                RUN,
                1,
                Map.of("loss", Double.NEGATIVE_INFINITY, "accuracy", 0.5),
                Duration.ZERO,
                Optional.empty(),
                Examples.NOW);

        assertThat(report.metrics()).containsEntry("loss", null).containsEntry("accuracy", 0.5);
        assertThat(report.reason()).map(Reason::code).contains("NON_FINITE_METRIC");
    }

    @Test
    void shouldKeepAGivenReasonForNullMetrics() {
        Map<String, Double> metrics = new HashMap<>();
        metrics.put("loss", null);

        EpochReport report = new EpochReport(
                RUN, 1, metrics, Duration.ZERO, Optional.of(new Reason("DIVERGED", "too hot")), Examples.NOW);

        assertThat(report.reason()).map(Reason::code).contains("DIVERGED");
    }

    @Test
    void shouldRefuseNonFiniteObjectives() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TrialReport.RungReached(RUN, 1, value, Examples.NOW))
                    .withMessage("value must be finite, got " + value);
        }
    }

    @Test
    void shouldRefuseNegativeDurations() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new EpochReport(RUN, 1, Map.of(), Duration.ofMillis(-1), Optional.empty(), Examples.NOW))
                .withMessage("duration must not be negative, got PT-0.001S");
    }

    @Test
    void shouldRefuseAReasonWithoutCodeOrText() {
        assertThatExceptionOfType(MissingFieldException.class)
                .isThrownBy(() -> new Reason(null, "text"))
                .withMessage("missing field 'reason.code'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reason("CODE", "\t"))
                .withMessage("reason.text must not be blank");
    }

    @Test
    void shouldShowOnlyTheBeginningOfALongValueThatIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrialId("x".repeat(10_000), 0))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void shouldCutTheDeadLetterOfALongRecordAndHashTheWhole() {
        byte[] value = new byte[DeadLetter.MAX_PAYLOAD_BYTES + 1];

        DeadLetter letter = DeadLetter.of(
                "studies", 0, 7L, "results", Optional.empty(), DeadLetterCode.NOT_JSON, "zeros", value, Examples.NOW);

        assertThat(letter.payload()).hasSize(DeadLetter.MAX_PAYLOAD_BYTES);
        assertThat(letter.payloadBytes()).isEqualTo(value.length);
        // sha256sum of 262145 zeros
        assertThat(letter.payloadSha256())
                .isEqualTo("b27a032984ea8a6bec700c3d6f63f8fcfbf8ff8ef87e972891feda4eea4aad0c");
        assertThat(letter.key()).isEqualTo("studies/0/7/results");
    }

    @Test
    void shouldKeepADeadLettersPayloadToItself() {
        DeadLetter letter = (DeadLetter) Examples.named("dead-letter").message();

        letter.payload()[0] = 0;

        assertThat(letter.payload()[0]).isEqualTo((byte) '{');
    }

    @Test
    void shouldSayWhichStatesAreFinalEvidenceAndCounted() {
        assertThat(states(TrialState::isFinal))
                .containsExactlyInAnyOrder(
                        TrialState.COMPLETED,
                        TrialState.PRUNED,
                        TrialState.INFEASIBLE,
                        TrialState.FAILED,
                        TrialState.CANCELLED);
        assertThat(states(TrialState::isEvidence))
                .containsExactlyInAnyOrder(TrialState.COMPLETED, TrialState.PRUNED, TrialState.INFEASIBLE);
        assertThat(states(TrialState::countsInBudget))
                .containsExactlyInAnyOrder(
                        TrialState.COMPLETED, TrialState.PRUNED, TrialState.INFEASIBLE, TrialState.FAILED);
        assertThat(Stream.of(StudyState.values()).filter(StudyState::isEnded))
                .containsExactly(StudyState.COMPLETED, StudyState.STOPPED, StudyState.FAILED, StudyState.DELETED);
    }

    @Test
    void shouldCompareObjectivesByDirection() {
        assertThat(Direction.MAXIMIZE.isBetter(2, 1)).isTrue();
        assertThat(Direction.MINIMIZE.isBetter(2, 1)).isFalse();
        assertThat(Direction.MINIMIZE.isBetter(1, 1)).isFalse();
        assertThat(Direction.MAXIMIZE.loss(2)).isEqualTo(-2);
        assertThat(Direction.MINIMIZE.loss(2)).isEqualTo(2);
    }

    private static Set<TrialState> states(Predicate<TrialState> test) {
        return Stream.of(TrialState.values()).filter(test).collect(Collectors.toSet());
    }
}

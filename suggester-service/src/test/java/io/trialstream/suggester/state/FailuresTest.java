package io.trialstream.suggester.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialState;
import io.trialstream.suggester.Studied;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
    private final StudyHistory history = new StudyHistory(Studied.study("s", 50));
    private final Proposer proposer = new Proposer(history.spec());
    private long evidence;

    @Test
    void shouldReportAStudyWhoseFirstThreeTrialsFailForTheSameReason() {
        fail("DISK_FULL");
        fail("DISK_FULL");
        assertThat(history.repeatedFailure()).isEmpty();

        fail("DISK_FULL");

        assertThat(history.repeatedFailure()).map(Reason::code).contains("DISK_FULL");
        assertThat(history.repeatedFailure().orElseThrow().text())
                .contains("3 trials")
                .contains("for a test");
    }

    @Test
    void shouldNotReportAStudyThatFailsForDifferentReasons() {
        fail("DISK_FULL");
        fail("DISK_FULL");
        fail("TRAINER_LOST");
        fail("DISK_FULL");
        fail("DISK_FULL");

        assertThat(history.repeatedFailure()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TrialState.class,
            names = {"COMPLETED", "PRUNED"})
    void shouldNeverReportAStudyThatHasTrainedATrialToAnEnd(TrialState state) {
        end(state);
        for (int i = 0; i < 9; i++) {
            fail("DISK_FULL");
        }
        assertThat(history.repeatedFailure()).isEmpty();
    }

    @Test
    void shouldCountAnewAfterAnInfeasibleTrialButNotAfterACancelledOne() {
        fail("DISK_FULL");
        fail("DISK_FULL");
        end(TrialState.INFEASIBLE);
        fail("DISK_FULL");
        end(TrialState.CANCELLED);
        fail("DISK_FULL");
        assertThat(history.repeatedFailure()).isEmpty();

        fail("DISK_FULL");
        assertThat(history.repeatedFailure()).isPresent();
    }

    @Test
    void shouldForgiveWhatFailedBeforeTheStudyWasResumed() {
        LedgerRecord late = propose();
        for (int i = 0; i < 3; i++) {
            fail("DISK_FULL");
        }
        history.apply(history.record().withState(StudyState.FAILED, history.repeatedFailure()));

        history.apply(history.record().resumed());

        assertThat(history.repeatedFailure()).isEmpty();
        history.apply(Studied.failed(late, "DISK_FULL"));
        fail("DISK_FULL");
        fail("DISK_FULL");
        assertThat(history.repeatedFailure()).isEmpty();
        fail("DISK_FULL");
        assertThat(history.repeatedFailure()).isPresent();
    }

    private void fail(String code) {
        history.apply(Studied.failed(propose(), code));
    }

    private void end(TrialState state) {
        LedgerRecord trial = propose();
        Outcome outcome = state == TrialState.COMPLETED
                ? Studied.completed(trial, ++evidence, 0.5)
                : Studied.ended(trial, state, state.isEvidence() ? Optional.of(++evidence) : Optional.empty());
        history.apply(outcome);
    }

    private LedgerRecord propose() {
        LedgerRecord next = Studied.next(proposer, history);
        history.apply(history.record().withNumbersGiven(1));
        history.apply(next);
        return next;
    }
}

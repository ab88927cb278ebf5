package io.trialstream.suggester.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Retrain;
import io.trialstream.contracts.StudyState;
import io.trialstream.suggester.Studied;
import io.trialstream.suggester.state.Proposer;
import io.trialstream.suggester.state.StudyHistory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemandTest {
    private final Demand demand = new Demand(100);

    @Test
    void shouldWantTrainersForTheBudgetThatIsLeftEvenWithNoTrainerThere() {
        assertThat(demand.wanted("default", List.of(study(7)), 1)).isEqualTo(7);
        assertThat(demand.wanted("default", List.of(study(7)), 4)).isEqualTo(2);
        assertThat(demand.wanted("default", List.of(study(7), study(5)), 1)).isEqualTo(12);
    }

    @Test
    void shouldNeverWantMoreThanTheCeiling() {
        assertThat(demand.wanted("default", List.of(study(5_000)), 1)).isEqualTo(100);
    }

    @Test
    void shouldWantNothingForOtherPoolsAndForStudiesThatRest() {
        StudyHistory paused = study(7);
        paused.apply(paused.record().withState(StudyState.PAUSED, Optional.empty()));

        assertThat(demand.wanted("gpu", List.of(study(7)), 1)).isZero();
        assertThat(demand.wanted("default", List.of(paused), 1)).isZero();
    }

    @Test
    void shouldWantATrainerForARetrainOfAStudyThatHasEnded() {
        StudyHistory study = study(1);
        Proposer proposer = new Proposer(study.spec());
        LedgerRecord trial = Studied.next(proposer, study);
        study.apply(trial);
        study.apply(Studied.completed(trial, 1, 0.5));
        study.apply(study.record().withState(StudyState.COMPLETED, Optional.empty()));
        assertThat(demand.wanted("default", List.of(study), 1)).isZero();

        study.apply(proposer.retrain(
                study, 1, study.trained(0).orElseThrow(), new Retrain(0, Optional.empty()), Studied.NOW));

        assertThat(demand.wanted("default", List.of(study), 1)).isEqualTo(1);
    }

    private static StudyHistory study(int trials) {
        return new StudyHistory(Studied.study("s", trials));
    }
}

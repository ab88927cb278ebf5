package io.trialstream.trainer;

import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.study.Objective;
import io.trialstream.contracts.study.SleepTraining;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Proposals for tests: {@code aProposal().of("s1", 3).epochs(2).build()}. */
public final class Proposals {
    private String studyId = "s-" + UUID.randomUUID().toString().substring(0, 8);
    private int number;
    private int dispatch = 1;
    private String metric = "objective";
    private Objective.Direction direction = Objective.Direction.MAXIMIZE;
    private Map<String, Object> configuration = Map.of("x", 0.5);
    private boolean retrain;
    private SleepTraining training = new SleepTraining(3, Duration.ofMillis(5));

    private Proposals() {}

    /** A short sleeping trial of a study of its own. */
    public static Proposals aProposal() {
        return new Proposals();
    }

    public Proposals of(String study, int trialNumber) {
        studyId = study;
        number = trialNumber;
        return this;
    }

    public Proposals dispatch(int value) {
        dispatch = value;
        return this;
    }

    public Proposals metric(String name, Objective.Direction better) {
        metric = name;
        direction = better;
        return this;
    }

    public Proposals sleeping(int epochs, Duration epochDuration) {
        training = new SleepTraining(epochs, epochDuration);
        return this;
    }

    public Proposals configuration(Map<String, Object> values) {
        configuration = values;
        return this;
    }

    public Proposals retrain() {
        retrain = true;
        return this;
    }

    public Proposal build() {
        return new Proposal(
                studyId,
                number,
                dispatch,
                configuration,
                "hash-" + number,
                new Objective(metric, direction),
                training,
                42,
                retrain);
    }
}

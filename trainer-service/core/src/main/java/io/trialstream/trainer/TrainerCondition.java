package io.trialstream.trainer;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrainerEvent.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a trainer is. Nothing in here depends on how long a trial takes.
 *
 * @param state what it can do
 * @param fault why it takes no trials, if something is wrong that time alone does not mend
 * @param threadsAlive whether all its threads work
 * @param queueAnswers whether every slot's share consumer is in touch with its group's coordinator
 * @param sinceHeartbeat how long ago its own last heartbeat came back from the broker; empty before the first
 * @param silence after how long without one it has lost the broker
 * @param runs what it trains
 */
public record TrainerCondition(
        State state,
        Optional<Reason> fault,
        boolean threadsAlive,
        boolean queueAnswers,
        Optional<Duration> sinceHeartbeat,
        Duration silence,
        List<RunStatus> runs) {

    /** Whether it has the broker: what it writes it also reads. */
    public boolean hasBroker() {
        return sinceHeartbeat.isPresent() && sinceHeartbeat.get().compareTo(silence) <= 0;
    }

    /** Whether it takes trials. */
    public boolean isReady() {
        return state == State.READY && fault.isEmpty() && threadsAlive && queueAnswers && hasBroker();
    }

    /** Whether a restart would not help. */
    public boolean isAlive() {
        return threadsAlive
                || fault.filter(reason -> reason.is(ReasonCode.UNKNOWN_VERSION)).isPresent();
    }
}

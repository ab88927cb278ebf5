package io.trialstream.suggester.state;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import java.util.Optional;

/**
 * In the pool's queue; no run of its newest dispatch is known.
 *
 * @param since the tick at which it was queued
 * @param place where its record stands in the queue
 */
record Queued(TrialFacts facts, long since, QueuePlace place) implements OpenTrial {

    static Queued by(TrialFacts facts, TrialEvent.Dispatched event) {
        return new Queued(facts.with(event.ledger()), event.tick(), QueuePlace.UNKNOWN);
    }

    @Override
    public Phase phase() {
        return Phase.QUEUED;
    }

    @Override
    public Queued with(TrialFacts newer) {
        return new Queued(newer, since, place);
    }

    @Override
    public Optional<Long> queuedSince() {
        return Optional.of(since);
    }

    @Override
    public boolean awaitsRun() {
        return true;
    }

    @Override
    public Queued on(TrialEvent.Dispatched event) {
        return by(facts, event);
    }

    @Override
    public Queued on(TrialEvent.Enqueued event) {
        return new Queued(facts, since, QueuePlace.at(event.offset()));
    }

    @Override
    public Queued on(TrialEvent.QueueAdvanced event) {
        return new Queued(facts, since, place.queueBeginsAt(event.begin(), event.tick()));
    }

    @Override
    public OpenTrial on(TrialEvent.RunStarted event) {
        return facts.runs().hasEnded(event.runId()) ? this : Started.by(facts, event);
    }

    /** A run has begun whose report is not here yet. */
    @Override
    public OpenTrial on(TrialEvent.RunAlive event) {
        return facts.runs().hasEnded(event.runId()) ? this : Started.by(facts, event);
    }

    /** A run of which nothing was heard before. */
    @Override
    public OpenTrial on(TrialEvent.RunInterrupted event) {
        RunHistory runs = facts.runs();
        return runs.hasSeen(event.runId())
                ? OpenTrial.super.on(event)
                : new BrokenOff(facts.with(runs.withoutLoss().withEnded(event.runId()), event.reason()));
    }

    /** A run of which nothing was heard before. */
    @Override
    public OpenTrial on(TrialEvent.RunErrored event) {
        RunHistory runs = facts.runs();
        return runs.hasSeen(event.runId())
                ? OpenTrial.super.on(event)
                : new BrokenOff(facts.with(runs.withLost().withEnded(event.runId()), event.reason()));
    }

    @Override
    public OpenTrial on(TrialEvent.TimePassed event) {
        if (!place.isPassed(event.tick(), event.deadlines().passed())) {
            return this;
        }
        Reason passed = Reason.of(ReasonCode.QUEUE_PASSED, "the queue has given its record up, and no run has begun");
        return new BrokenOff(facts.with(facts.runs().withLost(), passed));
    }
}

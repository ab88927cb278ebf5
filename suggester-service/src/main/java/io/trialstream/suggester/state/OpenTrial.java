package io.trialstream.suggester.state;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.space.Configuration;
import java.util.Optional;

/**
 * A trial without an applied outcome, in one of six phases. Each phase holds what is true in it alone and overrides the
 * events that mean something special there; the defaults are what an event means in all others. Events may come late,
 * twice and in another order than they happened, so every phase takes every event.
 */
public sealed interface OpenTrial permits Waiting, Queued, Started, BrokenOff, Settling, Settled {

    /** A trial as its first ledger record has it. */
    static OpenTrial of(LedgerRecord ledger, Configuration configuration, long tick) {
        TrialFacts facts = new TrialFacts(ledger, configuration, RunHistory.NONE, Optional.empty());
        if (facts.isImported()) {
            return new Settling(facts, Optional.empty());
        }
        return ledger.dispatch() == 0 ? new Waiting(facts) : new Queued(facts, tick, QueuePlace.UNKNOWN);
    }

    /** What is known of it in every phase. */
    TrialFacts facts();

    /** How far it has come. */
    Phase phase();

    /** The same phase with other facts. */
    OpenTrial with(TrialFacts facts);

    /** Its newest ledger record. */
    default LedgerRecord ledger() {
        return facts().ledger();
    }

    /** What it tries. */
    default Configuration configuration() {
        return facts().configuration();
    }

    /** Why the last run broke off. */
    default Optional<Reason> fault() {
        return facts().fault();
    }

    /** The trial's number within its study. */
    default int number() {
        return ledger().number();
    }

    /** Runs that ended without a word and without a newer checkpoint. */
    default int runsLost() {
        return facts().runs().lost();
    }

    /** Whether a run of it has begun, which may have left checkpoints. */
    default boolean hasRun() {
        return !facts().runs().seen().isEmpty();
    }

    /** Whether it was imported with its result: it takes no slot and none of the budget. */
    default boolean isImported() {
        return facts().isImported();
    }

    /** Whether it trains an earlier trial again: it takes a slot, but none of the budget, and no sampler hears of it. */
    default boolean isRetrain() {
        return facts().isRetrain();
    }

    /** Whether it takes up a slot, or will as soon as a trainer has one: queued and not reported yet. */
    default boolean isInFlight() {
        return phase() == Phase.QUEUED || phase() == Phase.STARTED || phase() == Phase.BROKEN_OFF;
    }

    /** Whether it waits to be queued for the first time. */
    default boolean isWaiting() {
        return phase() == Phase.WAITING;
    }

    /** Whether it was queued and no run of it is known. */
    default boolean isQueued() {
        return phase() == Phase.QUEUED;
    }

    /** Whether a run trains it. */
    default boolean isStarted() {
        return phase() == Phase.STARTED;
    }

    /** Whether its last run ended and it has to be queued again. */
    default boolean isBrokenOff() {
        return phase() == Phase.BROKEN_OFF;
    }

    /** Whether its end is known, by a final report or because the suggester ended it, and its outcome is on its way. */
    default boolean isSettling() {
        return phase() == Phase.SETTLING;
    }

    /** Whether its final report came at this tick or later, and its outcome is on its way. */
    default boolean isSettlingSince(long tick) {
        return false;
    }

    /** The tick at which it was queued, while no run of it is known. */
    default Optional<Long> queuedSince() {
        return Optional.empty();
    }

    /** The run that trains it. */
    default Optional<ActiveRun> run() {
        return Optional.empty();
    }

    /** Whether no run has begun its newest dispatch, so that its queue record may have been lost. */
    default boolean awaitsRun() {
        return false;
    }

    /** Whether its run is alive but finishes no epoch, and has not been told so yet. */
    default boolean isStuck(Deadlines deadlines) {
        return false;
    }

    /** A newer dispatch of a trial that is not waiting for one. */
    default OpenTrial on(TrialEvent.Dispatched event) {
        return with(facts().with(event.ledger()));
    }

    /** Its outcome comes from the suggester's own record. */
    default OpenTrial on(TrialEvent.Ended event) {
        return new Settling(facts().with(event.ledger()), Optional.empty());
    }

    /** Matters only while it is queued. */
    default OpenTrial on(TrialEvent.Enqueued event) {
        return this;
    }

    /** Matters only while it is queued. */
    default OpenTrial on(TrialEvent.QueueAdvanced event) {
        return this;
    }

    /** Too late: its end is known. */
    default OpenTrial on(TrialEvent.RunStarted event) {
        return this;
    }

    /** A heartbeat begins a run only of a trial that is queued or started. */
    default OpenTrial on(TrialEvent.RunAlive event) {
        return this;
    }

    /** Not the run that trains it: it is only remembered that this one has ended. */
    default OpenTrial on(TrialEvent.RunInterrupted event) {
        return with(facts().with(facts().runs().withEnded(event.runId())));
    }

    /** Not the run that trains it: it is only remembered that this one has ended. */
    default OpenTrial on(TrialEvent.RunErrored event) {
        return with(facts().with(facts().runs().withEnded(event.runId())));
    }

    /** Matters only while a run trains it. */
    default OpenTrial on(TrialEvent.ToldStuck event) {
        return this;
    }

    /** Nothing is waited for. */
    default OpenTrial on(TrialEvent.TimePassed event) {
        return this;
    }

    /** The first final report of any run stands. */
    default OpenTrial on(TrialEvent.FinalReport event) {
        return new Settling(facts(), Optional.of(event.tick()));
    }

    /** Matters only while the outcome of that report is awaited. */
    default OpenTrial on(TrialEvent.ReportGone event) {
        return this;
    }

    /** It waits for the evidence before it. */
    default OpenTrial on(TrialEvent.OutcomeRead event) {
        return new Settled(facts());
    }
}

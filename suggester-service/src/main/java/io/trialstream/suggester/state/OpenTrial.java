package io.trialstream.suggester.state;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.space.Configuration;
import java.util.Optional;

/**
 * A trial without an outcome.
 *
 * @param ledger its newest ledger record
 * @param configuration what it tries
 * @param phase how far it has come
 * @param run the run that trains it: while STARTED, and only then
 * @param runs what is remembered of all its runs
 * @param place where its newest dispatch stands in the queue
 * @param since the tick at which it was queued, or there was last a sign of life, or the final report came
 * @param fault why the last run broke off
 */
public record OpenTrial(
        LedgerRecord ledger,
        Configuration configuration,
        Phase phase,
        Optional<ActiveRun> run,
        RunHistory runs,
        QueuePlace place,
        long since,
        Optional<Reason> fault) {
    /** A trial whose end the suggester decided holds no slot, whatever the time. */
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    static OpenTrial of(LedgerRecord ledger, Configuration configuration, long tick) {
        boolean imported = ledger.imported().isPresent();
        Phase phase = ledger.dispatch() == 0 ? Phase.WAITING : Phase.QUEUED;
        return new OpenTrial(
                ledger,
                configuration,
                imported ? Phase.SETTLING : phase,
                Optional.empty(),
                RunHistory.NONE,
                QueuePlace.UNKNOWN,
                imported ? LONG_AGO : tick,
                Optional.empty());
    }

    /** Whether it was imported with its result: it takes no slot and none of the budget. */
    public boolean isImported() {
        return ledger.imported().isPresent();
    }

    /** Whether it trains an earlier trial again: it takes a slot, but none of the budget, and no sampler hears of it. */
    public boolean isRetrain() {
        return ledger.retrain().isPresent();
    }

    /** Whether a run of it has begun, which may have left checkpoints. */
    public boolean hasRun() {
        return !runs.seen().isEmpty();
    }

    /** The trial's number within its study. */
    public int number() {
        return ledger.number();
    }

    /** Whether it takes up a slot, or will as soon as a trainer has one: queued and not reported yet. */
    public boolean isInFlight() {
        return phase == Phase.QUEUED || phase == Phase.STARTED || phase == Phase.BROKEN_OFF;
    }

    /** Whether it waits to be queued for the first time. */
    public boolean isWaiting() {
        return phase == Phase.WAITING;
    }

    /** Whether it was queued and no run of it is known. */
    public boolean isQueued() {
        return phase == Phase.QUEUED;
    }

    /** Whether a run trains it. */
    public boolean isStarted() {
        return phase == Phase.STARTED;
    }

    /** Whether its last run ended and it has to be queued again. */
    public boolean isBrokenOff() {
        return phase == Phase.BROKEN_OFF;
    }

    /** Whether its end is known, by a final report or by the suggester's word, and its outcome is on its way. */
    public boolean isSettling() {
        return phase == Phase.SETTLING;
    }

    /** Whether no run has begun its newest dispatch, so that its queue record may have been forgotten. */
    public boolean awaitsRun() {
        return isQueued() || run.map(ActiveRun::dispatch).orElse(ledger.dispatch()) < ledger.dispatch();
    }

    /** Runs that ended without a word and without a newer checkpoint. */
    public int runsLost() {
        return runs.lost();
    }

    /** Whether its run is alive but finishes no epoch, and has not been told so yet. */
    public boolean isStuck(Deadlines deadlines) {
        return run.filter(attempt -> attempt.toldStuck().isEmpty())
                .filter(attempt -> attempt.idle() > longestEpoch(deadlines))
                .isPresent();
    }

    /** A retrain makes images of its filters after its last epoch, which may take longer than many epochs. */
    private long longestEpoch(Deadlines deadlines) {
        long longest = deadlines.epoch(runs.slowestEpoch());
        return isRetrain() ? Math.max(longest, deadlines.firstEpoch()) : longest;
    }

    /** Its run has been told that it is stuck. */
    OpenTrial toldStuck(long tick) {
        return with(phase, run.map(attempt -> attempt.told(tick)), runs, since, fault);
    }

    /** A newer ledger record: the trial was queued, or queued again. */
    OpenTrial dispatched(LedgerRecord newer, long tick) {
        boolean queued = phase == Phase.WAITING || phase == Phase.BROKEN_OFF || phase == Phase.QUEUED;
        return new OpenTrial(
                newer,
                configuration,
                queued ? Phase.QUEUED : phase,
                run,
                runs,
                QueuePlace.UNKNOWN,
                queued ? tick : since,
                fault);
    }

    /** The suggester has ended it. */
    OpenTrial ended(LedgerRecord newer) {
        return phase == Phase.SETTLED
                ? this
                : new OpenTrial(newer, configuration, Phase.SETTLING, Optional.empty(), runs, place, LONG_AGO, fault);
    }

    /** Its newest dispatch has this offset in the queue. */
    OpenTrial queuedAt(long offset) {
        return new OpenTrial(ledger, configuration, phase, run, runs, QueuePlace.at(offset), since, fault);
    }

    /** The queue hands out nothing before this offset any more. */
    OpenTrial queueBeginsAt(long offset, long tick) {
        return phase == Phase.QUEUED
                ? new OpenTrial(
                        ledger, configuration, phase, run, runs, place.queueBeginsAt(offset, tick), since, fault)
                : this;
    }

    /**
     * A run started it, from a checkpoint of this epoch. A run under way that has said nothing of its end is lost. What
     * was read back from before tick 1 may have happened long ago.
     */
    OpenTrial started(String runId, int dispatch, int fromEpoch, long tick) {
        if (isOver() || runs.hasEnded(runId)) {
            return this;
        }
        RunHistory known = (isReplacedBy(runId) ? runs.withLost() : runs).withStarted(runId, fromEpoch);
        ActiveRun attempt = run.filter(current -> current.is(runId))
                .orElseGet(() -> ActiveRun.begun(runId, dispatch, fromEpoch, tick > 0));
        return with(Phase.STARTED, Optional.of(attempt), known, tick, fault);
    }

    /** A heartbeat names a run, which has begun even if its report is not here yet. */
    OpenTrial alive(String runId, int dispatch, int epoch, long tick) {
        boolean begins = phase == Phase.STARTED ? !runs.hasSeen(runId) : phase == Phase.QUEUED && !runs.hasEnded(runId);
        if (begins) {
            RunHistory known = (isReplacedBy(runId) ? runs.withLost() : runs).withSeen(runId);
            ActiveRun attempt = ActiveRun.begun(runId, dispatch, epoch, tick > 0 && epoch == 0);
            return with(Phase.STARTED, Optional.of(attempt), known, tick, fault);
        }
        if (phase != Phase.STARTED || isReplacedBy(runId)) {
            return this;
        }
        ActiveRun current = run.orElseThrow().after(tick - since);
        if (epoch <= current.epoch()) {
            return with(phase, Optional.of(current), runs, tick, fault);
        }
        RunHistory known = current.timed() ? runs.withEpoch(current.idle()) : runs;
        return with(phase, Optional.of(current.reached(epoch)), known, tick, fault);
    }

    /** The run said that it stops before its end. */
    OpenTrial interrupted(String runId, Reason reason) {
        return concerns(runId) ? brokenOff(reason, after(runId, false)) : noted(runId);
    }

    /**
     * The run broke off by itself. A trainer that refuses a record which was handed out too often has found the run
     * before it gone: that run's loss is the fault, and the refusal is how it became known.
     */
    OpenTrial errored(String runId, Reason reason) {
        if (!concerns(runId)) {
            return noted(runId);
        }
        boolean foundGone = isReplacedBy(runId) && reason.is(ReasonCode.DELIVERED_TOO_OFTEN);
        return brokenOff(foundGone ? Reason.of(ReasonCode.TRAINER_LOST, reason.text()) : reason, after(runId, true));
    }

    /** Time passed: what has been silent for too long is given up. */
    OpenTrial expire(long tick, Deadlines deadlines) {
        if (phase == Phase.STARTED && tick - since > deadlines.lost()) {
            return lost(ReasonCode.TRAINER_LOST, "no heartbeat of the run for " + deadlines.lost() + " ticks");
        }
        if (run.flatMap(ActiveRun::toldStuck)
                .filter(told -> tick - told > deadlines.lost())
                .isPresent()) {
            return lost(ReasonCode.STUCK, "the run finished no epoch and did not end when it was told to");
        }
        if (phase == Phase.QUEUED && place.isPassed(tick, deadlines.passed())) {
            return lost(ReasonCode.QUEUE_PASSED, "the queue has given its record up, and no run has begun");
        }
        return this;
    }

    /** Its final report is not on its topic any more: if no outcome has come for a while, none will. */
    OpenTrial reportGone(long tick, Deadlines deadlines) {
        boolean awaited = phase == Phase.SETTLING && !ledger.hasEnded() && !isImported();
        return awaited && tick - since > deadlines.lost()
                ? brokenOff(Reason.of(ReasonCode.REPORT_LOST, "its final report is gone and was not recorded"), runs)
                : this;
    }

    OpenTrial settling(long tick) {
        return phase == Phase.SETTLED ? this : with(Phase.SETTLING, Optional.empty(), runs, tick, fault);
    }

    OpenTrial settled() {
        return with(Phase.SETTLED, Optional.empty(), runs, since, fault);
    }

    private boolean isOver() {
        return phase == Phase.SETTLING || phase == Phase.SETTLED;
    }

    private boolean isReplacedBy(String runId) {
        return run.filter(current -> !current.is(runId)).isPresent();
    }

    /** Whether the end of this run is the end of what trains the trial: its run's, or that of one unheard of. */
    private boolean concerns(String runId) {
        boolean current = run.filter(attempt -> attempt.is(runId)).isPresent();
        return (phase == Phase.STARTED || phase == Phase.QUEUED) && (current || !runs.hasSeen(runId));
    }

    private OpenTrial noted(String runId) {
        return with(phase, run, runs.withEnded(runId), since, fault);
    }

    /** Whoever reports in place of the run that was known has found it gone; else its own fault counts. */
    private RunHistory after(String runId, boolean fault) {
        return (fault || isReplacedBy(runId) ? runs.withLost() : runs.withoutLoss()).withEnded(runId);
    }

    private OpenTrial lost(ReasonCode code, String text) {
        return brokenOff(Reason.of(code, text), runs.withLost());
    }

    private OpenTrial brokenOff(Reason why, RunHistory known) {
        return with(Phase.BROKEN_OFF, Optional.empty(), known, since, Optional.of(why));
    }

    private OpenTrial with(Phase next, Optional<ActiveRun> attempt, RunHistory known, long tick, Optional<Reason> why) {
        return new OpenTrial(ledger, configuration, next, attempt, known, place, tick, why);
    }
}

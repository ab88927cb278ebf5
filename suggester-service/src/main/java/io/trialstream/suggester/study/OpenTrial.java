package io.trialstream.suggester.study;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.space.Configuration;
import java.util.Optional;

/**
 * A trial without an outcome.
 *
 * @param ledger its newest ledger record
 * @param configuration what it tries
 * @param phase how far it has come
 * @param runId the run that is training it, if any
 * @param runsLost runs that ended without an INTERRUPTED
 * @param since the tick at which there was last a sign of life, or the final report
 * @param fault why the last run broke off
 */
public record OpenTrial(
        LedgerRecord ledger,
        Configuration configuration,
        Phase phase,
        Optional<String> runId,
        int runsLost,
        long since,
        Optional<Reason> fault) {

    static OpenTrial of(LedgerRecord ledger, Configuration configuration) {
        return new OpenTrial(
                ledger,
                configuration,
                ledger.dispatch() == 0 ? Phase.WAITING : Phase.QUEUED,
                Optional.empty(),
                0,
                0,
                Optional.empty());
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

    /** Whether its last run ended and it has to be queued again. */
    public boolean isBrokenOff() {
        return phase == Phase.BROKEN_OFF;
    }

    /** Whether its final report is in and its outcome is still on its way. */
    public boolean isSettling() {
        return phase == Phase.SETTLING;
    }

    /** A newer ledger record: the trial was queued, or queued again. */
    OpenTrial dispatched(LedgerRecord newer) {
        Phase next = phase == Phase.WAITING || phase == Phase.BROKEN_OFF ? Phase.QUEUED : phase;
        return new OpenTrial(newer, configuration, next, Optional.empty(), runsLost, since, fault);
    }

    /** A run started it. A run that was under way and has said nothing of its end is lost. */
    OpenTrial started(String run, long tick) {
        if (phase == Phase.SETTLING || phase == Phase.SETTLED) {
            return this;
        }
        int lost = runId.isPresent() && !runId.get().equals(run) ? runsLost + 1 : runsLost;
        return new OpenTrial(ledger, configuration, Phase.STARTED, Optional.of(run), lost, tick, fault);
    }

    /** A run shows that it is alive. */
    OpenTrial alive(String run, long tick) {
        return phase == Phase.STARTED && runId.equals(Optional.of(run))
                ? at(Phase.STARTED, runsLost, tick, fault)
                : this;
    }

    /** The run said that it stops before its end. */
    OpenTrial interrupted(String run, Reason reason) {
        return runId.equals(Optional.of(run)) && phase == Phase.STARTED
                ? at(Phase.BROKEN_OFF, runsLost, since, Optional.of(reason))
                : this;
    }

    /** The run broke off, or went silent. */
    OpenTrial lost(String run, Reason reason) {
        return runId.equals(Optional.of(run)) && phase == Phase.STARTED
                ? at(Phase.BROKEN_OFF, runsLost + 1, since, Optional.of(reason))
                : this;
    }

    OpenTrial settling(long tick) {
        return phase == Phase.SETTLED ? this : at(Phase.SETTLING, runsLost, tick, fault);
    }

    OpenTrial settled() {
        return at(Phase.SETTLED, runsLost, since, fault);
    }

    private OpenTrial at(Phase next, int lost, long tick, Optional<Reason> why) {
        Optional<String> run = next == Phase.STARTED ? runId : Optional.empty();
        return new OpenTrial(ledger, configuration, next, run, lost, tick, why);
    }
}

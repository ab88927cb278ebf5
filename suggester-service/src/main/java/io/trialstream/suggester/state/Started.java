package io.trialstream.suggester.state;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import java.util.Optional;

/**
 * A run trains it.
 *
 * @param active the run
 * @param lastSign the tick of its last sign of life
 */
record Started(TrialFacts facts, ActiveRun active, long lastSign) implements OpenTrial {

    /** The first run of its dispatch. What was read back from before tick 1 may have happened long ago. */
    static Started by(TrialFacts facts, TrialEvent.RunStarted event) {
        return new Started(
                facts.with(facts.runs().withStarted(event.runId(), event.fromEpoch())),
                ActiveRun.begun(event.runId(), event.dispatch(), event.fromEpoch(), event.tick() > 0),
                event.tick());
    }

    /** The first run of its dispatch, known by a heartbeat. */
    static Started by(TrialFacts facts, TrialEvent.RunAlive event) {
        return new Started(
                facts.with(facts.runs().withSeen(event.runId())),
                ActiveRun.begun(event.runId(), event.dispatch(), event.epoch(), event.tick() > 0 && event.epoch() == 0),
                event.tick());
    }

    @Override
    public Phase phase() {
        return Phase.STARTED;
    }

    @Override
    public Started with(TrialFacts newer) {
        return new Started(newer, active, lastSign);
    }

    @Override
    public Optional<ActiveRun> run() {
        return Optional.of(active);
    }

    @Override
    public boolean awaitsRun() {
        return active.dispatch() < ledger().dispatch();
    }

    @Override
    public boolean isStuck(Deadlines deadlines) {
        return active.toldStuck().isEmpty() && active.idle() > longestEpoch(deadlines);
    }

    /** Another run takes its place; the one before has said nothing of its end and is lost. */
    @Override
    public Started on(TrialEvent.RunStarted event) {
        if (facts.runs().hasEnded(event.runId())) {
            return this;
        }
        return active.is(event.runId())
                ? new Started(
                        facts.with(facts.runs().withStarted(event.runId(), event.fromEpoch())), active, event.tick())
                : by(facts.with(facts.runs().withLost()), event);
    }

    @Override
    public Started on(TrialEvent.RunAlive event) {
        if (!facts.runs().hasSeen(event.runId())) {
            return by(facts.with(facts.runs().withLost()), event);
        }
        return active.is(event.runId()) ? signOfLife(event.epoch(), event.tick()) : this;
    }

    @Override
    public OpenTrial on(TrialEvent.RunInterrupted event) {
        if (!concerns(event.runId())) {
            return OpenTrial.super.on(event);
        }
        RunHistory runs = active.is(event.runId())
                ? facts.runs().withoutLoss()
                : facts.runs().withLost();
        return new BrokenOff(facts.with(runs.withEnded(event.runId()), event.reason()));
    }

    /**
     * A trainer that refuses a record which was handed out too often has found the run before it gone: that run's loss
     * is the fault, and the refusal is how it became known.
     */
    @Override
    public OpenTrial on(TrialEvent.RunErrored event) {
        if (!concerns(event.runId())) {
            return OpenTrial.super.on(event);
        }
        boolean foundGone = !active.is(event.runId()) && event.reason().is(ReasonCode.DELIVERED_TOO_OFTEN);
        Reason fault =
                foundGone ? Reason.of(ReasonCode.TRAINER_LOST, event.reason().text()) : event.reason();
        return new BrokenOff(facts.with(facts.runs().withLost().withEnded(event.runId()), fault));
    }

    @Override
    public Started on(TrialEvent.ToldStuck event) {
        return new Started(facts, active.told(event.tick()), lastSign);
    }

    @Override
    public OpenTrial on(TrialEvent.TimePassed event) {
        long lost = event.deadlines().lost();
        if (event.tick() - lastSign > lost) {
            return lost(Reason.of(ReasonCode.TRAINER_LOST, "no heartbeat of the run for " + lost + " ticks"));
        }
        if (active.toldStuck().filter(told -> event.tick() - told > lost).isPresent()) {
            return lost(Reason.of(ReasonCode.STUCK, "the run finished no epoch and did not end when it was told to"));
        }
        return this;
    }

    private BrokenOff lost(Reason fault) {
        return new BrokenOff(facts.with(facts.runs().withLost(), fault));
    }

    private Started signOfLife(int epoch, long tick) {
        ActiveRun run = active.after(tick - lastSign);
        if (epoch <= run.epoch()) {
            return new Started(facts, run, tick);
        }
        RunHistory runs = run.timed() ? facts.runs().withEpoch(run.idle()) : facts.runs();
        return new Started(facts.with(runs), run.reached(epoch), tick);
    }

    /** Whether the end of this run is the end of what trains the trial: its run's, or that of one unheard of. */
    private boolean concerns(String runId) {
        return active.is(runId) || !facts.runs().hasSeen(runId);
    }

    /** A retrain makes images of its filters after its last epoch, which may take longer than many epochs. */
    private long longestEpoch(Deadlines deadlines) {
        long longest = deadlines.epoch(facts.runs().slowestEpoch());
        return isRetrain() ? Math.max(longest, deadlines.firstEpoch()) : longest;
    }
}

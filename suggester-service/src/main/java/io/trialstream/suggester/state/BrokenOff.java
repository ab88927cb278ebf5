package io.trialstream.suggester.state;

/** A run was interrupted, broke off or was lost: to be queued again, or ended. */
record BrokenOff(TrialFacts facts) implements OpenTrial {

    @Override
    public Phase phase() {
        return Phase.BROKEN_OFF;
    }

    @Override
    public BrokenOff with(TrialFacts newer) {
        return new BrokenOff(newer);
    }

    @Override
    public Queued on(TrialEvent.Dispatched event) {
        return Queued.by(facts, event);
    }

    @Override
    public OpenTrial on(TrialEvent.RunStarted event) {
        return facts.runs().hasEnded(event.runId()) ? this : Started.by(facts, event);
    }
}

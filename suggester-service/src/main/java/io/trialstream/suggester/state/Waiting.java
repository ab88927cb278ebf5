package io.trialstream.suggester.state;

/** In the ledger, waiting for a free slot before it is queued for the first time. */
record Waiting(TrialFacts facts) implements OpenTrial {

    @Override
    public Phase phase() {
        return Phase.WAITING;
    }

    @Override
    public Waiting with(TrialFacts newer) {
        return new Waiting(newer);
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

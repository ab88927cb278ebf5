package io.trialstream.suggester.state;

/** Its outcome was read and waits for the evidence before it. */
record Settled(TrialFacts facts) implements OpenTrial {

    @Override
    public Phase phase() {
        return Phase.SETTLED;
    }

    @Override
    public Settled with(TrialFacts newer) {
        return new Settled(newer);
    }

    @Override
    public Settled on(TrialEvent.Ended event) {
        return this;
    }

    @Override
    public Settled on(TrialEvent.FinalReport event) {
        return this;
    }
}

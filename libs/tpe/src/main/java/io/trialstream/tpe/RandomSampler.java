package io.trialstream.tpe;

import io.trialstream.space.SearchSpace;

/** Draws from the prior. */
final class RandomSampler implements Sampler {
    private final SearchSpace space;
    private final boolean deduplicate;

    RandomSampler(SearchSpace space, boolean deduplicate) {
        this.space = space;
        this.deduplicate = deduplicate;
    }

    @Override
    public Suggestion suggest(SuggestionRequest request) {
        request.evidence().requireSpace(space);
        CounterRandom random = CounterRandom.of(request.studySeed(), request.trialNumber(), "startup");
        PriorDraw prior = new PriorDraw(space, deduplicate);
        return prior.draw(random, request.evidence())
                .<Suggestion>map(configuration -> new Suggestion.Suggested(configuration, Origin.STARTUP))
                .orElseGet(Suggestion.SpaceExhausted::new);
    }

    @Override
    public String type() {
        return "random";
    }

    @Override
    public int version() {
        return 1;
    }
}

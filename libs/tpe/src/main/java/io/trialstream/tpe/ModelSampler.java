package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What samplers with a model share: the prior while there is too little evidence, then the model's proposals, best
 * first; what has been tried is passed over, and when the model has nothing new the prior is drawn from again.
 */
abstract class ModelSampler implements Sampler {
    /** How often a model may propose again when everything it proposed has been tried. */
    private static final int REFILLS = 4;

    private final SearchSpace space;
    private final boolean deduplicate;
    private final PriorDraw prior;

    /** Draws candidates from a model. */
    interface Proposer {
        /** The best of some new candidates that passes; empty if none does. */
        Optional<Configuration> propose(Predicate<Configuration> passes);
    }

    ModelSampler(SearchSpace space, boolean deduplicate) {
        this.space = space;
        this.deduplicate = deduplicate;
        this.prior = new PriorDraw(space, deduplicate);
    }

    final SearchSpace space() {
        return space;
    }

    /** Whether there is too little evidence for a model. */
    abstract boolean inStartup(Evidence evidence);

    /** The model of the evidence. */
    abstract Proposer proposer(Evidence evidence, CounterRandom random);

    /** A configuration for the start-up; by default the prior is drawn from. */
    Optional<Configuration> startup(SuggestionRequest request) {
        return Optional.empty();
    }

    @Override
    public Suggestion suggest(SuggestionRequest request) {
        Evidence evidence = request.evidence();
        evidence.requireSpace(space);
        if (inStartup(evidence)) {
            Optional<Configuration> planned = startup(request).filter(candidate -> isFresh(candidate, evidence));
            if (planned.isPresent()) {
                return new Suggestion.Suggested(planned.get(), Origin.STARTUP);
            }
            return fromPrior(request, "startup", Origin.STARTUP);
        }
        CounterRandom random = CounterRandom.of(request.studySeed(), request.trialNumber(), "model");
        Proposer proposer = proposer(evidence, random);
        for (int round = 0; round <= REFILLS; round++) {
            Optional<Configuration> fresh = proposer.propose(candidate -> isFresh(candidate, evidence));
            if (fresh.isPresent()) {
                return new Suggestion.Suggested(fresh.get(), Origin.MODEL);
            }
        }
        return fromPrior(request, "refill", Origin.MODEL);
    }

    private boolean isFresh(Configuration candidate, Evidence evidence) {
        return !deduplicate || !evidence.contains(candidate);
    }

    private Suggestion fromPrior(SuggestionRequest request, String purpose, Origin origin) {
        CounterRandom random = CounterRandom.of(request.studySeed(), request.trialNumber(), purpose);
        return prior.draw(random, request.evidence())
                .<Suggestion>map(configuration -> new Suggestion.Suggested(configuration, origin))
                .orElseGet(Suggestion.SpaceExhausted::new);
    }
}

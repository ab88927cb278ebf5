package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.util.Optional;

/** Draws from the prior what has not been tried, and knows when a finite space is used up. */
record PriorDraw(SearchSpace space, boolean deduplicate) {
    private static final int ATTEMPTS = 64;

    /** A configuration that is neither evaluated nor pending; empty if there is none. */
    Optional<Configuration> draw(CounterRandom random, Evidence evidence) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Configuration configuration = space.sample(random);
            if (!deduplicate || !evidence.contains(configuration)) {
                return Optional.of(configuration);
            }
        }
        return space.firstWhere(random, configuration -> !evidence.contains(configuration));
    }
}

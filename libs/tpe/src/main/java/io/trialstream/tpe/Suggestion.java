package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import java.util.Objects;

/** A sampler's answer. */
public sealed interface Suggestion {
    /** Try this. */
    record Suggested(Configuration configuration, Origin origin) implements Suggestion {
        public Suggested {
            Objects.requireNonNull(configuration, "configuration");
            Objects.requireNonNull(origin, "origin");
        }
    }

    /**
     * Every configuration of the finite space has been evaluated or is pending; or, where there is no end to the
     * values, 10,000 draws from the prior found nothing else.
     */
    record SpaceExhausted() implements Suggestion {}
}

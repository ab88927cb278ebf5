package io.trialstream.tpe;

import java.util.Objects;

/**
 * All that a suggestion depends on.
 *
 * @param studySeed the study's seed
 * @param trialNumber the number of the trial that the suggestion is for
 * @param evidence what is known by then, with the pending trials
 */
public record SuggestionRequest(long studySeed, int trialNumber, Evidence evidence) {
    public SuggestionRequest {
        Objects.requireNonNull(evidence, "evidence");
        if (trialNumber < 0) {
            throw new IllegalArgumentException("trialNumber must not be negative: " + trialNumber);
        }
    }
}

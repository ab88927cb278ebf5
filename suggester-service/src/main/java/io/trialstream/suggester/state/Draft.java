package io.trialstream.suggester.state;

import io.trialstream.tpe.SuggestionRequest;
import java.util.List;

/**
 * A study's next trial before its configuration is known: all that its suggestion depends on, as it was at one moment.
 * Immutable, so that the suggestion can be computed on any thread while the study goes on.
 *
 * @param request the study's seed, the trial's number and the evidence
 * @param watermark the number of the newest evidence among it, 0 for none
 * @param pending the numbers of the pending trials among it
 */
public record Draft(SuggestionRequest request, long watermark, List<Integer> pending) {

    /** Copies the numbers. */
    public Draft {
        pending = List.copyOf(pending);
    }

    /** The number of the trial. */
    public int number() {
        return request.trialNumber();
    }
}

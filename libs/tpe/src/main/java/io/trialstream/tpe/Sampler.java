package io.trialstream.tpe;

import java.util.Optional;

/**
 * Proposes configurations. A suggestion is a function of the request alone (and of the sampler's type, version,
 * settings and space): the same request gives the same suggestion on any machine, in any order. Implementations are
 * thread-safe.
 */
public interface Sampler {
    /** The next configuration to try. */
    Suggestion suggest(SuggestionRequest request);

    /**
     * What the model that this evidence gives makes of a parameter; empty in the start-up, and for samplers that have
     * no joint model.
     *
     * @throws IllegalArgumentException if the space has no such label
     */
    default Optional<ParameterPreview> preview(Evidence evidence, String label) {
        return Optional.empty();
    }

    /** The name it has in a study file: {@code tree-tpe}. */
    String type();

    /** Grows whenever the same request would give another suggestion than before. */
    int version();
}

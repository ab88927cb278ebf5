package io.trialstream.tpe;

/**
 * Proposes configurations. A suggestion is a function of the request alone (and of the sampler's type, version,
 * settings and space): the same request gives the same suggestion on any machine, in any order. Implementations are
 * thread-safe.
 */
public interface Sampler {
    /** The next configuration to try. */
    Suggestion suggest(SuggestionRequest request);

    /** The name it has in a study file: {@code tree-tpe}. */
    String type();

    /** Grows whenever the same request would give another suggestion than before. */
    int version();
}

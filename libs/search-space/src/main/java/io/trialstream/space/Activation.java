package io.trialstream.space;

import java.util.List;

/**
 * When a parameter takes part in a configuration: one of the paths that lead to it is open.
 *
 * @param anyOf the paths; each lists every choice on the way with the option it must have taken, outermost first
 */
public record Activation(List<List<Gate>> anyOf) {
    public Activation {
        anyOf = anyOf.stream().map(List::copyOf).toList();
        if (anyOf.isEmpty()) {
            throw new IllegalArgumentException("anyOf must not be empty: nothing would ever activate the parameter");
        }
    }

    /** Whether the parameter is part of every configuration. */
    public boolean always() {
        return anyOf.stream().anyMatch(List::isEmpty);
    }
}

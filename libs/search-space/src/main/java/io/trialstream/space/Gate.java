package io.trialstream.space;

import java.util.Objects;

/** A condition: the choice with this label has taken the option with this index. */
public record Gate(String label, int option) {
    public Gate {
        Objects.requireNonNull(label, "label");
        if (option < 0) {
            throw new IllegalArgumentException("option must not be negative: " + option);
        }
    }
}

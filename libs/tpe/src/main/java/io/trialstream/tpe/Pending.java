package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import java.util.Objects;

/** A trial that is queued or running: its configuration is known, its loss is not. */
public record Pending(int trialNumber, Configuration configuration) {
    public Pending {
        Objects.requireNonNull(configuration, "configuration");
        if (trialNumber < 0) {
            throw new IllegalArgumentException("trialNumber must not be negative: " + trialNumber);
        }
    }
}

package io.trialstream.results.store;

import io.trialstream.contracts.Reason;
import java.util.Optional;

/** Reasons as two columns. */
final class Reasons {

    private Reasons() {}

    static Optional<Reason> of(String code, String text) {
        return code == null ? Optional.empty() : Optional.of(new Reason(code, text));
    }
}

package io.trialstream.trainer.run;

import io.trialstream.contracts.Reason;
import java.util.Optional;

/** Checks the trainer's engine once, before the first trial. */
@FunctionalInterface
public interface StartupCheck {

    /**
     * Checks; may take seconds.
     *
     * @return what is incomplete or slow: the trainer then refuses to start, unless {@code allow-slow-engine} is set
     * @throws RuntimeException if the engine does not work at all
     */
    Optional<Reason> check();

    /** For a trainer without an engine: nothing can be incomplete. */
    static StartupCheck none() {
        return Optional::empty;
    }
}

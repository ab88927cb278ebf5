package io.trialstream.trainer.run;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.Run;
import java.time.Duration;

/** Receives the events of records and runs, for metrics. Implementations return at once and throw nothing. */
public interface RunListener {

    /** A record was accepted without training. */
    void discarded(String why);

    /** A trial was ended by a report before it was started; {@code end} is its final state. */
    void endedUnstarted(String end);

    /** A run began; {@code deliveryCount} above 1 means that the queue delivered the record again. */
    void started(Run run, int deliveryCount);

    /** A run finished an epoch. */
    void epochFinished(Run run, Duration duration);

    /** A run lost the queue's lock on its record. */
    void lockLost(Run run);

    /** A run ended and its report is delivered; {@code end} is the final state, or INTERRUPTED or ERRORED. */
    void ended(Run run, String end);

    /** A record that could not be read became a dead letter. */
    default void deadLettered(DeadLetter letter) {}

    /** Ignores all events. */
    static RunListener none() {
        return new RunListener() {
            @Override
            public void discarded(String why) {}

            @Override
            public void endedUnstarted(String end) {}

            @Override
            public void started(Run run, int deliveryCount) {}

            @Override
            public void epochFinished(Run run, Duration duration) {}

            @Override
            public void lockLost(Run run) {}

            @Override
            public void ended(Run run, String end) {}
        };
    }
}

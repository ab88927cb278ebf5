package io.trialstream.trainer.run;

import io.trialstream.contracts.Reason;
import java.util.Optional;

/** What a trainer trains with. */
public interface Engine {

    /** Name and version, such as {@code dl4j 1.0.0-M2.1}. */
    String name();

    /** What it trains on, for people, such as {@code CPU, 2 threads}. */
    String device();

    /**
     * Checks that the engine is complete and fast; may take seconds. Called once, before the first trial.
     *
     * @return what is wrong; the trainer then refuses to start unless {@code allow-slow-engine} is set
     * @throws RuntimeException if the engine does not work at all
     */
    Optional<Reason> check();

    /** No engine: for trainers that know only the {@code sleep} workload. */
    static Engine none() {
        return new Engine() {
            @Override
            public String name() {
                return "none";
            }

            @Override
            public String device() {
                return "CPU";
            }

            @Override
            public Optional<Reason> check() {
                return Optional.empty();
            }
        };
    }
}

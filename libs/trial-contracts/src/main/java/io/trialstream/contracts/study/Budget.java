package io.trialstream.contracts.study;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a study is over. What is absent does not bound it.
 *
 * @param trials how many trials may end, in any final state but CANCELLED
 * @param trainingTime how long trials may train in all
 * @param infeasible how many trials may end INFEASIBLE
 * @param failed how many trials may end FAILED
 */
public record Budget(OptionalInt trials, Optional<Duration> trainingTime, OptionalInt infeasible, OptionalInt failed) {

    /** Whether nothing bounds the study. */
    public boolean isOpen() {
        return trials.isEmpty() && trainingTime.isEmpty();
    }
}

package io.trialstream.suggester.study;

import io.trialstream.contracts.TrialState;
import java.time.Duration;
import java.util.Map;

/**
 * What a study has used of its budget.
 *
 * @param ended trials by final state
 * @param open trials without an outcome
 * @param trainingTime how long finished runs trained in all
 */
public record StudyProgress(Map<TrialState, Integer> ended, int open, Duration trainingTime) {

    /** Copies the counts. */
    public StudyProgress {
        ended = Map.copyOf(ended);
    }

    /** Trials that ended in this state. */
    public int ended(TrialState state) {
        return ended.getOrDefault(state, 0);
    }

    /** Trials that count in the budget and have ended. */
    public int counted() {
        return ended.entrySet().stream()
                .filter(entry -> entry.getKey().countsInBudget())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}

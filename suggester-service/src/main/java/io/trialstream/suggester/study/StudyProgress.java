package io.trialstream.suggester.study;

import io.trialstream.contracts.TrialState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a study has used of its budget.
 *
 * @param ended trials that were trained for the study, by final state
 * @param imported trials that were imported with their results, by final state: evidence, but nothing of the budget
 * @param open trials without an outcome
 * @param trainingTime how long finished runs trained in all
 */
public record StudyProgress(
        Map<TrialState, Integer> ended, Map<TrialState, Integer> imported, int open, Duration trainingTime) {

    /** Copies the counts. */
    public StudyProgress {
        ended = Map.copyOf(ended);
        imported = Map.copyOf(imported);
    }

    /** Trials that were trained and ended in this state. */
    public int ended(TrialState state) {
        return ended.getOrDefault(state, 0);
    }

    /** All trials that ended, imported ones included, by final state. */
    public Map<TrialState, Integer> all() {
        Map<TrialState, Integer> all = new EnumMap<>(TrialState.class);
        all.putAll(ended);
        imported.forEach((state, count) -> all.merge(state, count, Integer::sum));
        return all;
    }

    /** Trials that count in the budget and have ended; imported ones do not. */
    public int counted() {
        return ended.entrySet().stream()
                .filter(entry -> entry.getKey().countsInBudget())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}

package io.trialstream.suggester.state;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.Budget;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a study has used of its budget.
 *
 * @param ended trials that were trained for the study, by final state
 * @param imported trials that were imported with their results, by final state: evidence, but nothing of the budget
 * @param open trials of the search without an outcome
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

    /** Why this budget gives no more trials, if it does not. */
    public Optional<Reason> spent(Budget budget) {
        if (budget.trials().isPresent() && counted() >= budget.trials().getAsInt()) {
            return Optional.of(
                    Reason.of(ReasonCode.TRIALS_SPENT, "all " + budget.trials().getAsInt() + " trials have ended"));
        }
        if (budget.trainingTime().isPresent()
                && trainingTime.compareTo(budget.trainingTime().get()) >= 0) {
            return Optional.of(Reason.of(ReasonCode.TRAINING_TIME_SPENT, "trials have trained for " + trainingTime));
        }
        return spent(budget.infeasible(), TrialState.INFEASIBLE, ReasonCode.TOO_MANY_INFEASIBLE)
                .or(() -> spent(budget.failed(), TrialState.FAILED, ReasonCode.TOO_MANY_FAILED));
    }

    private Optional<Reason> spent(OptionalInt bound, TrialState state, ReasonCode code) {
        return bound.isPresent() && ended(state) >= bound.getAsInt()
                ? Optional.of(Reason.of(code, ended(state) + " trials ended " + state))
                : Optional.empty();
    }
}

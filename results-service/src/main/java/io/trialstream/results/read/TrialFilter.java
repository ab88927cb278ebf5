package io.trialstream.results.read;

import io.trialstream.contracts.TrialState;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Which trials of a study are meant: those that meet all conditions.
 *
 * @param states any of these; empty for all
 * @param minObjective its objective is at least this
 * @param maxObjective its objective is at most this
 * @param origin where its configuration came from
 * @param trainerId who trains it, or trained it
 * @param parameters conditions on values of its configuration
 * @param ofSearch whether retrains are left out, which are in no ranking and in no chart
 */
public record TrialFilter(
        Set<TrialState> states,
        OptionalDouble minObjective,
        OptionalDouble maxObjective,
        Optional<String> origin,
        Optional<String> trainerId,
        List<ParameterCondition> parameters,
        boolean ofSearch) {

    /** Every trial. */
    public static final TrialFilter NONE = new TrialFilter(
            Set.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false);

    /** Every trial of the search. */
    public static final TrialFilter SEARCH = NONE.ofSearchOnly();

    /** Copies the collections. */
    public TrialFilter {
        // In the order of their declaration, so that equal filters have equal texts in every process.
        Set<TrialState> sorted = EnumSet.noneOf(TrialState.class);
        sorted.addAll(states);
        states = Collections.unmodifiableSet(sorted);
        parameters = List.copyOf(parameters);
    }

    /** The same conditions, on trials in these states. */
    public TrialFilter in(Set<TrialState> others) {
        return new TrialFilter(others, minObjective, maxObjective, origin, trainerId, parameters, ofSearch);
    }

    /** The same conditions, on trials that are no retrains. */
    public TrialFilter ofSearchOnly() {
        return new TrialFilter(states, minObjective, maxObjective, origin, trainerId, parameters, true);
    }

    /** The states that a trial may be in. */
    Set<TrialState> possibleStates() {
        return states.isEmpty() ? EnumSet.allOf(TrialState.class) : EnumSet.copyOf(states);
    }

    /** The conditions but that on the state, as text that begins with {@code and}. */
    Sql conditions() {
        Sql sql = Sql.of("");
        minObjective.ifPresent(least -> sql.add("and t.objective >= ?", least));
        maxObjective.ifPresent(most -> sql.add("and t.objective <= ?", most));
        origin.ifPresent(name -> sql.add("and t.origin = ?", name));
        trainerId.ifPresent(id -> sql.add("and t.trainer_id = ?", id));
        if (ofSearch) {
            sql.add("and t.origin <> 'RETRAIN'");
        }
        parameters.forEach(condition -> sql.add("and").add(condition.sql()));
        return sql;
    }
}

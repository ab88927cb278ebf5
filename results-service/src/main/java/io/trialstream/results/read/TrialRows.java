package io.trialstream.results.read;

import io.trialstream.contracts.TrialState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Queries for the trials of one study. In indexed orders the cost of a page depends on its length only, because
 * positions are keys, not offsets. Rows have the columns of the selection and the position.
 */
public final class TrialRows {
    /** The states of the index {@code trial_by_rare_state}. */
    private static final Set<TrialState> RARE = EnumSet.of(
            TrialState.QUEUED, TrialState.RUNNING, TrialState.INFEASIBLE, TrialState.FAILED, TrialState.CANCELLED);

    private TrialRows() {}

    /** Trials that have the order's key, in its order, after that place if one is given. */
    public static Sql keyed(
            String studyId,
            TrialFilter filter,
            TrialOrder order,
            Optional<TrialPlace> after,
            Selection selection,
            int limit) {
        boolean byIndexOfState = order.key().kind() == TrialOrder.Kind.LOSS
                || order.key().kind() == TrialOrder.Kind.NUMBER
                        && !filter.states().isEmpty()
                        && RARE.containsAll(filter.states());
        if (!byIndexOfState) {
            return branch(studyId, filter, Optional.empty(), order, after, selection, limit);
        }
        // One ordered walk per state, merged: the index holds each state's trials together.
        Sql union = Sql.of("select * from (");
        Iterator<TrialState> states = filter.possibleStates().iterator();
        while (states.hasNext()) {
            union.add("(")
                    .add(branch(studyId, filter, Optional.of(states.next()), order, after, selection, limit))
                    .add(")" + (states.hasNext() ? " union all" : ""));
        }
        return union.add(") merged").add(order.sorting(limit));
    }

    /** Trials that have no key in this order, by their numbers, after that number. */
    public static Sql unkeyed(
            String studyId, TrialFilter filter, TrialOrder order, int afterNumber, Selection selection, int limit) {
        return Sql.of(
                        "select " + selection.columns() + ", null::float8 as key_value, t.number as key_number"
                                + " from trial t where t.study_id = ?",
                        studyId)
                .add(filter.conditions())
                .add(states(filter))
                .add("and")
                .add(order.ofTrial())
                .add("is null and t.number > ? order by t.number", afterNumber)
                .limit(limit);
    }

    /** The trials of these numbers, in their order, but for retrains. */
    public static Sql numbered(String studyId, Integer[] numbers, Selection selection) {
        return select(studyId, TrialFilter.SEARCH, TrialOrder.byNumber(), selection)
                .add("and t.number = any(?) order by t.number", (Object) numbers);
    }

    /** The place of the trial that a result stands on. */
    public static TrialPlace place(ResultSet row) throws SQLException {
        double key = row.getDouble("key_value");
        OptionalDouble known = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(key);
        return new TrialPlace(known, row.getInt("key_number"));
    }

    private static Sql branch(
            String studyId,
            TrialFilter filter,
            Optional<TrialState> state,
            TrialOrder order,
            Optional<TrialPlace> after,
            Selection selection,
            int limit) {
        Sql sql = select(studyId, filter, order, selection);
        sql.add(state.map(only -> Sql.of("and t.state = '" + only.name() + "'")).orElseGet(() -> states(filter)));
        if (order.key().kind() != TrialOrder.Kind.NUMBER) {
            sql.add("and").add(order.expression()).add("is not null");
        }
        after.ifPresent(place -> sql.add(order.after(place)));
        return sql.add(order.sorting(limit));
    }

    private static Sql select(String studyId, TrialFilter filter, TrialOrder order, Selection selection) {
        return Sql.of("select " + selection.columns() + ",")
                .add(order.expression())
                .add("as key_value, " + order.number() + " as key_number")
                .add(order.rowsOf(studyId))
                .add(filter.conditions());
    }

    private static Sql states(TrialFilter filter) {
        return filter.states().isEmpty()
                ? Sql.of("")
                : Sql.of("and t.state = any(?)", (Object)
                        filter.states().stream().map(Enum::name).sorted().toArray(String[]::new));
    }
}

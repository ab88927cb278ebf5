package io.trialstream.results.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The order of a list of trials: by a key, of equal keys by their numbers. The orders by number and by objective are
 * those of an index, at any depth, and so are {@linkplain KeptOrders kept} ones; the others are sorted at each request.
 *
 * @param name as it is asked for, such as {@code best.fine_loss}
 * @param key the number that sorts
 * @param ascending whether the smallest key comes first
 * @param kept under which id its places are kept, if they are
 */
public record TrialOrder(String name, Key key, boolean ascending, OptionalInt kept) {
    private static final Map<String, Key> COLUMNS = Map.of(
            "number", new Key(Kind.NUMBER, "t.number::float8", List.of()),
            "epochs", new Key(Kind.COMPUTED, "t.epochs::float8", List.of()),
            "trainingSeconds", new Key(Kind.COMPUTED, "t.training_millis::float8", List.of()),
            "proposedAt", new Key(Kind.COMPUTED, "extract(epoch from t.proposed_at)::float8", List.of()),
            "startedAt", new Key(Kind.COMPUTED, "extract(epoch from t.started_at)::float8", List.of()),
            "finishedAt", new Key(Kind.COMPUTED, "extract(epoch from t.finished_at)::float8", List.of()));
    private static final Map<String, String> TREES =
            Map.of("best", "json best_metrics", "end", "json end_metrics", "configuration", "jsonb configuration");

    /** What kind of key. */
    public enum Kind {
        /** The number: in the order of the unique index. */
        NUMBER,
        /** The loss: in the order of the leaderboard's index. */
        LOSS,
        /** A metric of a finished trial, which may have a kept order. */
        METRIC,
        /** Anything else. */
        COMPUTED
    }

    /**
     * The number that sorts.
     *
     * @param expression constant text, of the row {@code t}
     * @param path the value of each of its question marks, by its members
     */
    public record Key(Kind kind, String expression, List<String> path) {}

    private TrialOrder(String name, Key key, boolean ascending) {
        this(name, key, ascending, OptionalInt.empty());
    }

    /** In the order of their numbers. */
    public static TrialOrder byNumber() {
        return new TrialOrder("number", COLUMNS.get("number"), true);
    }

    /** The best first, or the worst. */
    public static TrialOrder byLoss(boolean bestFirst) {
        return new TrialOrder("objective", new Key(Kind.LOSS, "t.loss", List.of()), bestFirst);
    }

    /**
     * The order of that name; empty if there is none.
     *
     * @param ascending whether small values come first; of the objective, whose key is the loss, the caller knows best
     */
    public static Optional<TrialOrder> named(String name, boolean ascending) {
        if (COLUMNS.containsKey(name)) {
            return Optional.of(new TrialOrder(name, COLUMNS.get(name), ascending));
        }
        int dot = name.indexOf('.');
        String column = dot < 0 ? null : TREES.get(name.substring(0, dot));
        if (column == null || dot == name.length() - 1) {
            return Optional.empty();
        }
        // A value that is no number has no place in the order.
        String type = column.substring(0, column.indexOf(' '));
        String tree = "t." + column.substring(type.length() + 1);
        Key key = new Key(
                type.equals("json") ? Kind.METRIC : Kind.COMPUTED,
                "(case when " + type + "_typeof(" + tree + " #> ?) = 'number' then (" + tree + " #>> ?)::float8 end)",
                path(type, name.substring(dot + 1)));
        return Optional.of(new TrialOrder(name, key, ascending));
    }

    /** Metrics are a flat object, whose names may have dots; configurations are trees. */
    private static List<String> path(String type, String name) {
        return type.equals("json") ? List.of(name) : List.of(name.split("\\."));
    }

    /** The same key, sorted this way. */
    public TrialOrder sorted(boolean ascends) {
        return new TrialOrder(name, key, ascends, kept);
    }

    /** The same order, whose places are kept under this id. */
    TrialOrder keptAs(int orderId) {
        return new TrialOrder(name, key, ascending, OptionalInt.of(orderId));
    }

    /** Whether it is by a metric, which never changes once a trial has it. */
    boolean isByMetric() {
        return key.kind() == Kind.METRIC;
    }

    /** Whether every trial has a place in it. */
    public boolean isByNumber() {
        return key.kind() == Kind.NUMBER;
    }

    /** The key as text with its values: of the row {@code m} where places are kept, else of the row {@code t}. */
    Sql expression() {
        return kept.isPresent() ? Sql.of("m.value") : ofTrial();
    }

    /** The number's column, in the index that gives the order. */
    String number() {
        return kept.isPresent() ? "m.number" : "t.number";
    }

    /** The key of the row {@code t}, as text with its values. */
    Sql ofTrial() {
        if (key.path().isEmpty()) {
            return Sql.of(key.expression());
        }
        String[] path = key.path().toArray(String[]::new);
        return Sql.of(key.expression(), path, path);
    }

    /** Where the rows {@code t} of a study come from, and {@code m} where places are kept. */
    Sql rowsOf(String studyId) {
        return kept.isPresent()
                ? Sql.of(
                        "from metric_place m join trial t on t.study_id = ? and t.number = m.number where m.order_id = ?",
                        studyId,
                        kept.getAsInt())
                : Sql.of("from trial t where t.study_id = ?", studyId);
    }

    /** The condition that a row comes after this place, beginning with {@code and}. */
    Sql after(TrialPlace place) {
        String than = ascending ? ">" : "<";
        if (key.kind() == Kind.NUMBER) {
            return Sql.of("and t.number " + than + " ?", place.number());
        }
        return Sql.of("and (")
                .add(expression())
                .add(", " + number() + ") " + than + " (?, ?)", place.key().orElseThrow(), place.number());
    }

    /** How rows are sorted, by the columns {@code key_value} and {@code key_number}: the words of the indexes. */
    Sql sorting(int limit) {
        String way = ascending ? "" : " desc";
        return key.kind() == Kind.NUMBER
                ? Sql.of("order by key_number" + way).limit(limit)
                : Sql.of("order by key_value" + way + ", key_number" + way).limit(limit);
    }
}

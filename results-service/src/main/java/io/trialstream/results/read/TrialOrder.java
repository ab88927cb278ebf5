package io.trialstream.results.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order of a list of trials: by a key, of equal keys by their numbers. The orders by number and by objective are
 * those of an index, at any depth; the others are sorted at each request.
 *
 * @param name as it is asked for, such as {@code best.fine_loss}
 * @param key the number that sorts
 * @param ascending whether the smallest key comes first
 */
public record TrialOrder(String name, Key key, boolean ascending) {
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
        /** Anything else. */
        COMPUTED
    }

    /**
     * The number that sorts.
     *
     * @param expression constant text, of the row {@code t}
     * @param path the value of each of its question marks
     */
    public record Key(Kind kind, String expression, List<String> path) {}

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
                Kind.COMPUTED,
                "(case when " + type + "_typeof(" + tree + " #> ?) = 'number' then (" + tree + " #>> ?)::float8 end)",
                List.of(name.substring(dot + 1)));
        return Optional.of(new TrialOrder(name, key, ascending));
    }

    /** The same key, sorted this way. */
    public TrialOrder sorted(boolean ascends) {
        return new TrialOrder(name, key, ascends);
    }

    /** Whether every trial has a place in it. */
    public boolean isByNumber() {
        return key.kind() == Kind.NUMBER;
    }

    /** The key as text with its values. */
    Sql expression() {
        if (key.path().isEmpty()) {
            return Sql.of(key.expression());
        }
        String[] path = key.path().get(0).split("\\.");
        return Sql.of(key.expression(), path, path);
    }

    /** The condition that a row comes after this place, beginning with {@code and}. */
    Sql after(TrialPlace place) {
        String than = ascending ? ">" : "<";
        if (key.kind() == Kind.NUMBER) {
            return Sql.of("and t.number " + than + " ?", place.number());
        }
        return Sql.of("and (")
                .add(expression())
                .add(", t.number) " + than + " (?, ?)", place.key().orElseThrow(), place.number());
    }

    /** How rows are sorted, by the columns {@code key_value} and {@code key_number}: the words of the indexes. */
    Sql sorting(int limit) {
        String way = ascending ? "" : " desc";
        return key.kind() == Kind.NUMBER
                ? Sql.of("order by key_number" + way).limit(limit)
                : Sql.of("order by key_value" + way + ", key_number" + way).limit(limit);
    }
}

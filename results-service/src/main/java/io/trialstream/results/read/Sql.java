package io.trialstream.results.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A statement under construction: text that is constant in the source code, and values that are always bound, never
 * part of the text; but for the number of rows. Not thread-safe.
 */
public final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private Sql() {}

    /** A statement that begins with this text. */
    public static Sql of(String constant, Object... values) {
        return new Sql().add(constant, values);
    }

    /** Appends text with a value for each of its question marks. */
    public Sql add(String constant, Object... bound) {
        text.append(text.isEmpty() ? "" : " ").append(constant);
        values.addAll(Arrays.asList(bound));
        return this;
    }

    /** Appends another statement's text and values. */
    public Sql add(Sql other) {
        text.append(text.isEmpty() ? "" : " ").append(other.text);
        values.addAll(other.values);
        return this;
    }

    /**
     * Appends a limit as part of the text, not as a bound value: for a bound limit the planner assumes a tenth of the
     * table.
     */
    public Sql limit(int rows) {
        return add("limit " + rows);
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        for (int i = 0; i < values.size(); i++) {
            bind(connection, statement, i + 1, values.get(i));
        }
        return statement;
    }

    private static void bind(Connection connection, PreparedStatement statement, int place, Object value)
            throws SQLException {
        if (value instanceof String[] texts) {
            statement.setArray(place, connection.createArrayOf("text", texts));
        } else if (value instanceof Integer[] numbers) {
            statement.setArray(place, connection.createArrayOf("int4", numbers));
        } else if (value instanceof Instant time) {
            statement.setObject(place, time.atOffset(ZoneOffset.UTC));
        } else {
            statement.setObject(place, value);
        }
    }

    /** The text alone, for logs and plans. */
    @Override
    public String toString() {
        return text.toString();
    }
}

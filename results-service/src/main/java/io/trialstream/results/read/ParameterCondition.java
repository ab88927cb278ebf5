package io.trialstream.results.read;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;

/** A condition on one value of a configuration. */
public sealed interface ParameterCondition {
    /** The condition on the row {@code t}. */
    Sql sql();

    /**
     * A number within bounds, which may be infinite. JSON values compare by type first: strings and null come before
     * numbers, true and false after them, so that two numbers as bounds let nothing but numbers through.
     *
     * @param path the keys from the configuration's root
     */
    record Within(List<String> path, double least, double most) implements ParameterCondition {
        private static final String BELOW_ALL = "-1e400";
        private static final String ABOVE_ALL = "1e400";

        /** Copies the path. */
        public Within {
            path = List.copyOf(path);
        }

        @Override
        public Sql sql() {
            return Sql.of(
                    "(t.configuration #> ? >= ?::jsonb and t.configuration #> ? <= ?::jsonb)",
                    path.toArray(String[]::new),
                    Double.isInfinite(least) ? BELOW_ALL : Double.toString(least),
                    path.toArray(String[]::new),
                    Double.isInfinite(most) ? ABOVE_ALL : Double.toString(most));
        }
    }

    /**
     * One of several values.
     *
     * @param path the keys from the configuration's root
     * @param values as texts: {@code 3} is the number and the string, {@code null} also JSON's null
     */
    record AnyOf(List<String> path, List<String> values) implements ParameterCondition {

        /** Copies the path and the values. */
        public AnyOf {
            path = List.copyOf(path);
            values = List.copyOf(values);
        }

        @Override
        public Sql sql() {
            List<String> candidates = new ArrayList<>();
            for (String value : values) {
                candidates.add('"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"');
                if (value.matches("null|true|false|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
                    candidates.add(value);
                }
            }
            return Sql.of(
                    "t.configuration #> ? = any(?::jsonb[])",
                    path.toArray(String[]::new),
                    candidates.toArray(String[]::new));
        }
    }
}

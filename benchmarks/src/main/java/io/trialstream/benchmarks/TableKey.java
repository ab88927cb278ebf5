package io.trialstream.benchmarks;

import io.trialstream.space.Categorical;
import io.trialstream.space.Configuration;
import io.trialstream.space.Distribution;
import io.trialstream.space.Parameter;
import io.trialstream.space.Quantized;
import io.trialstream.space.RandomInteger;
import io.trialstream.space.SearchSpace;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Builds the key of a table's row from a configuration: for each parameter, in the order of the space, the index of
 * its value among the values it can take.
 *
 * @param separator what stands between the indices; empty if each is one digit (0-9, then a-z)
 */
record TableKey(SearchSpace space, String separator) {
    TableKey {
        for (Parameter parameter : space.parameters()) {
            if (parameter.distribution().cardinality().isEmpty()) {
                throw new IllegalArgumentException("a table has finitely many rows, but " + parameter.label() + " is "
                        + parameter.distribution().describe());
            }
        }
    }

    /** The key format of a table, recognised from one of its keys. */
    static TableKey like(String example, SearchSpace space) {
        int parameters = space.parameters().size();
        if (example.length() == parameters) {
            return new TableKey(space, "");
        }
        String separators = example.replaceAll("[0-9A-Za-z]", "");
        if (separators.isEmpty() || separators.length() != parameters - 1) {
            throw new IllegalArgumentException("the space has " + parameters + " parameters, but the table's key '"
                    + example + "' is for another number of them");
        }
        return new TableKey(space, separators.substring(0, 1));
    }

    /** The key of a configuration's row. */
    String of(Configuration configuration) {
        StringJoiner key = new StringJoiner(separator);
        for (Parameter parameter : space.parameters()) {
            if (!configuration.isActive(parameter.index())) {
                throw new IllegalArgumentException("a table has no conditional parameters, but " + parameter.label()
                        + " is not active in " + configuration);
            }
            key.add(digits(index(parameter.distribution(), configuration.number(parameter.index()))));
        }
        return key.toString();
    }

    private String digits(long index) {
        if (separator.isEmpty() && index >= Character.MAX_RADIX) {
            throw new IllegalArgumentException("index " + index + " needs a key with separators");
        }
        return separator.isEmpty()
                ? Long.toString(index, Character.MAX_RADIX)
                : String.format(Locale.ROOT, "%d", index);
    }

    private static long index(Distribution distribution, double number) {
        if (distribution instanceof Quantized quantized) {
            return quantized.grid().nearest(number) - quantized.grid().first();
        }
        if (distribution instanceof RandomInteger integer) {
            return (long) number - integer.low();
        }
        if (distribution instanceof Categorical) {
            return (long) number;
        }
        throw new IllegalArgumentException("not countable: " + distribution.describe());
    }
}

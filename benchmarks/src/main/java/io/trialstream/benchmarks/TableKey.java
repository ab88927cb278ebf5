package io.trialstream.benchmarks;

import io.trialstream.space.Categorical;
import io.trialstream.space.Configuration;
import io.trialstream.space.Distribution;
import io.trialstream.space.FixedNumber;
import io.trialstream.space.Parameter;
import io.trialstream.space.Quantized;
import io.trialstream.space.RandomInteger;
import io.trialstream.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Builds the key of a table's row from a configuration: for each parameter, in the order of the space, the index of
 * its value among the values it can take.
 *
 * @param ordered the space's parameters in the order of its file
 * @param separator what stands between the indices; empty if each is one digit (0-9, then a-z)
 */
record TableKey(SearchSpace space, List<Parameter> ordered, String separator) {
    TableKey {
        ordered = List.copyOf(ordered);
        for (Parameter parameter : space.parameters()) {
            if (parameter.distribution().cardinality().isEmpty()) {
                throw new IllegalArgumentException("a table has finitely many rows, but " + parameter.label() + " is "
                        + parameter.distribution().describe());
            }
        }
    }

    /** The parameters in the order in which the space file has them, which is the order of the key's indices. */
    private static List<Parameter> inFileOrder(SearchSpace space) {
        List<String> members = new ArrayList<>();
        ((Map<?, ?>) space.toTree()).keySet().forEach(name -> members.add("space." + name));
        return space.parameters().stream()
                .sorted(Comparator.comparingInt(parameter -> members.indexOf(parameter.path())))
                .toList();
    }

    /** The key format of a table, recognised from one of its keys. */
    static TableKey like(String example, SearchSpace space) {
        int parameters = space.parameters().size();
        if (example.length() == parameters) {
            return new TableKey(space, inFileOrder(space), "");
        }
        String separators = example.replaceAll("[0-9A-Za-z]", "");
        if (separators.isEmpty() || separators.length() != parameters - 1) {
            throw new IllegalArgumentException("the space has " + parameters + " parameters, but the table's key '"
                    + example + "' is for another number of them");
        }
        return new TableKey(space, inFileOrder(space), separators.substring(0, 1));
    }

    /** Refuses keys with an index that a parameter of the space cannot have: the space is then of another table. */
    void requireIndices(Collection<String> keys) {
        for (String key : keys) {
            String[] indices = key.split(separator.isEmpty() ? "" : Pattern.quote(separator), -1);
            for (int i = 0; i < ordered.size(); i++) {
                Parameter parameter = ordered.get(i);
                BigInteger count = parameter.distribution().cardinality().orElseThrow();
                if (i >= indices.length || count.compareTo(index(indices[i], key)) <= 0) {
                    throw new IllegalArgumentException("the key '" + key + "' does not fit the space: "
                            + parameter.label() + " has " + count + " values");
                }
            }
        }
    }

    private BigInteger index(String digits, String key) {
        try {
            return new BigInteger(digits, separator.isEmpty() ? Character.MAX_RADIX : 10);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + digits + "' in the key '" + key + "' is not an index");
        }
    }

    /** The key of a configuration's row. */
    String of(Configuration configuration) {
        StringJoiner key = new StringJoiner(separator);
        for (Parameter parameter : ordered) {
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
        if (distribution instanceof FixedNumber) {
            return 0;
        }
        if (distribution instanceof Categorical) {
            return (long) number;
        }
        throw new IllegalArgumentException("not countable: " + distribution.describe());
    }
}

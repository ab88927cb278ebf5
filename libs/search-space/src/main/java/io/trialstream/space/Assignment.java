package io.trialstream.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The active labels of a configuration with their numbers (of a choice, the index of the option), parents before
 * children. It says everything about a configuration, and is what Hyperopt's {@code fmin} returns.
 *
 * @param values label to number, unmodifiable
 */
public record Assignment(Map<String, Double> values) {
    public Assignment {
        Map<String, Double> copy = new LinkedHashMap<>();
        values.forEach((label, value) ->
                copy.put(Objects.requireNonNull(label, "label"), Objects.requireNonNull(value, label)));
        values = Collections.unmodifiableMap(copy);
    }

    /** From any numbers, as a JSON parser yields them. */
    public static Assignment of(Map<String, ? extends Number> numbers) {
        Map<String, Double> values = new LinkedHashMap<>();
        numbers.forEach((label, number) -> values.put(label, number.doubleValue()));
        return new Assignment(values);
    }

    /**
     * From what Hyperopt keeps of a trial: label to number, as {@code fmin} returns it, or label to a list of one
     * number or none, as in {@code misc.vals}.
     *
     * @throws IllegalArgumentException naming a label whose value is neither
     */
    public static Assignment ofHyperopt(Map<String, ?> result) {
        Map<String, Double> values = new LinkedHashMap<>();
        result.forEach((label, value) -> {
            Object number = value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
            if (number instanceof Number found) {
                values.put(label, found.doubleValue());
            } else if (!(value instanceof List<?> none && none.isEmpty())) {
                throw new IllegalArgumentException(label + " must be a number or a list of at most one, not " + value);
            }
        });
        return new Assignment(values);
    }

    /** The number of a label; empty if it is not active. */
    public OptionalDouble number(String label) {
        Double value = values.get(label);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}

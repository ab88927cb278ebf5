package io.trialstream.trainer.blueprint;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Typed reading of a configuration's values. Whatever is missing or of the wrong kind is the study's fault: an
 * {@link IllegalArgumentException} that names the key and the value.
 */
final class ConfigurationReader {

    private final Map<String, Object> values;

    ConfigurationReader(Map<String, Object> values) {
        this.values = Objects.requireNonNull(values, "values");
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether the key is absent or {@code null}. */
    boolean isNone(String key) {
        return values.get(key) == null;
    }

    boolean isObject(String key) {
        return values.get(key) instanceof Map;
    }

    /** A reader of the object under the key, which must have this one member. */
    ConfigurationReader only(String key, String member) {
        if (values.get(key) instanceof Map<?, ?> object && object.keySet().equals(Set.of(member))) {
            Map<String, Object> members = new HashMap<>();
            members.put(member, object.get(member));
            return new ConfigurationReader(members);
        }
        throw wrong(key, "an object with the one member '" + member + "'", values.get(key));
    }

    double number(String key) {
        return optionalNumber(key).orElseThrow(() -> wrong(key, "a number", null));
    }

    double positive(String key) {
        double value = number(key);
        if (!(value > 0)) {
            throw wrong(key, "a number above 0", value);
        }
        return value;
    }

    double notNegative(String key) {
        double value = number(key);
        if (!(value >= 0)) {
            throw wrong(key, "a number from 0 up", value);
        }
        return value;
    }

    double probability(String key) {
        double value = number(key);
        if (!(value >= 0 && value < 1)) {
            throw wrong(key, "a probability within [0, 1)", value);
        }
        return value;
    }

    int rounded(String key, int low) {
        return rounded(key, number(key), low);
    }

    /** A number or nothing; the key must be there, with {@code null} for nothing. */
    OptionalDouble optionalNumber(String key) {
        Object value = present(key);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return OptionalDouble.of(number.doubleValue());
        }
        throw wrong(key, "a finite number", value);
    }

    Optional<Integer> optionalRounded(String key, int low) {
        OptionalDouble value = optionalNumber(key);
        return value.isPresent() ? Optional.of(rounded(key, value.getAsDouble(), low)) : Optional.empty();
    }

    boolean flag(String key) {
        Object value = present(key);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, "true or false", value);
    }

    /** One of an enum's constants, matched without regard to case. */
    <E extends Enum<E>> E option(String key, Class<E> options) {
        Object value = present(key);
        for (E option : options.getEnumConstants()) {
            if (value instanceof String text && option.name().equals(text.toUpperCase(Locale.ROOT))) {
                return option;
            }
        }
        throw wrong(key, "one of " + Arrays.toString(options.getEnumConstants()), value);
    }

    private int rounded(String key, double value, int low) {
        int rounded = (int) Math.rint(value);
        if (rounded < low) {
            throw wrong(key, "at least " + low, value);
        }
        return rounded;
    }

    private Object present(String key) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("configuration lacks the key '" + key + "'");
        }
        return values.get(key);
    }

    private static IllegalArgumentException wrong(String key, String expected, Object value) {
        return new IllegalArgumentException("configuration key '" + key + "' must be " + expected + " but is " + value);
    }
}

package io.trialstream.contracts.study;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads one object of a study file. Problems are collected with the path of the field; a field that cannot be read
 * yields its default, so that reading goes on to the next one. Confined to one thread.
 */
final class TreeReader {
    private final String path;
    private final Map<?, ?> tree;
    private final ProblemList problems;
    private final UnknownFields unknownFields;
    private final Set<String> read = new HashSet<>();

    /** What becomes of fields that nobody asked for. */
    enum UnknownFields {
        /** A person wrote the tree: the field is most likely a typing error. */
        REFUSED,
        /** A message carried the tree: the field may come from a newer release. */
        IGNORED
    }

    TreeReader(String path, Map<?, ?> tree, ProblemList problems, UnknownFields unknownFields) {
        this.path = path;
        this.tree = tree;
        this.problems = problems;
        this.unknownFields = unknownFields;
    }

    void problem(String field, String code, String message) {
        problems.add(path(field), code, message);
    }

    String requiredText(String field) {
        Object value = required(field);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        problem(field, "INVALID_FIELD", "must be a string, got " + shown(value));
        return null;
    }

    String requiredChoice(String field, List<String> known) {
        String value = requiredText(field);
        return value == null ? known.get(0) : oneOf(field, value, known);
    }

    /** One of the known values, or any that matches the pattern, which people know as {@code form}. */
    String requiredChoice(String field, List<String> known, String pattern, String form) {
        String value = requiredText(field);
        if (value == null || known.contains(value) || value.matches(pattern)) {
            return value == null ? known.get(0) : value;
        }
        List<String> forms = new ArrayList<>(known);
        forms.add(form);
        return oneOf(field, value, forms);
    }

    String optionalText(String field, String byDefault) {
        return get(field) == null
                ? byDefault
                : Optional.ofNullable(requiredText(field)).orElse(byDefault);
    }

    String optionalChoice(String field, String byDefault, List<String> known) {
        return oneOf(field, optionalText(field, byDefault), known);
    }

    int optionalInt(String field, int byDefault, int minimum, int maximum) {
        return optionalInt(field, minimum, maximum).orElse(byDefault);
    }

    OptionalInt optionalInt(String field, int minimum, int maximum) {
        Object value = get(field);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= minimum
                && number.doubleValue() <= maximum) {
            return OptionalInt.of(number.intValue());
        }
        problem(
                field,
                "INVALID_FIELD",
                "must be a whole number from " + minimum + " to " + maximum + ", got " + shown(value));
        return OptionalInt.empty();
    }

    OptionalLong optionalLong(String field) {
        Object value = get(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Integer || value instanceof Long) {
            return OptionalLong.of(((Number) value).longValue());
        }
        problem(field, "INVALID_FIELD", "must be a whole number of 64 bits, got " + shown(value));
        return OptionalLong.empty();
    }

    double optionalDouble(String field, double byDefault, double minimum, double maximum) {
        Object value = get(field);
        if (value == null) {
            return byDefault;
        }
        if (value instanceof Number number && number.doubleValue() >= minimum && number.doubleValue() <= maximum) {
            return number.doubleValue();
        }
        problem(
                field,
                "INVALID_FIELD",
                "must be a number from " + minimum + " to " + maximum + ", got " + shown(value));
        return byDefault;
    }

    Duration optionalDuration(String field, Duration byDefault, Duration most) {
        Duration duration = optionalDuration(field).orElse(byDefault);
        if (duration.compareTo(most) > 0) {
            problem(field, "INVALID_FIELD", "must be from PT0S to " + most + ", got " + shown(get(field)));
        }
        return duration;
    }

    Optional<Duration> optionalDuration(String field) {
        Object value = get(field);
        if (value == null) {
            return Optional.empty();
        }
        try {
            Duration duration = Duration.parse(value.toString());
            if (!duration.isNegative()) {
                return Optional.of(duration);
            }
        } catch (DateTimeParseException e) {
            // Reported below, like a negative one.
        }
        problem(field, "INVALID_FIELD", "must be an ISO-8601 duration such as PT24H, got " + shown(value));
        return Optional.empty();
    }

    TreeReader requiredObject(String field) {
        return required(field) == null ? null : optionalObject(field);
    }

    TreeReader optionalObject(String field) {
        Object value = get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> object) {
            return new TreeReader(path(field), object, problems, unknownFields);
        }
        problem(field, "INVALID_FIELD", "must be an object, got " + shown(value));
        return null;
    }

    List<?> optionalList(String field) {
        Object value = get(field);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        problem(field, "INVALID_FIELD", "must be a list, got " + shown(value));
        return List.of();
    }

    Object required(String field) {
        Object value = get(field);
        if (value == null) {
            problem(field, "MISSING_FIELD", "is required");
        }
        return value;
    }

    Object get(String field) {
        read.add(field);
        return tree.get(field);
    }

    Map<?, ?> all() {
        return tree;
    }

    /** To be called last: every field that nobody asked for is a problem, where unknown fields are refused. */
    void refuseUnknown() {
        if (unknownFields == UnknownFields.IGNORED) {
            return;
        }
        List<String> known = read.stream().sorted().toList();
        for (Object key : tree.keySet()) {
            if (!(key instanceof String field) || !read.contains(field)) {
                String name = String.valueOf(key);
                problem(
                        name,
                        "UNKNOWN_FIELD",
                        "unknown field" + Spelling.hint(name, known) + " (known here: " + String.join(", ", known)
                                + ")");
            }
        }
    }

    private String oneOf(String field, String value, List<String> known) {
        if (known.contains(value)) {
            return value;
        }
        problem(
                field,
                "UNKNOWN_VALUE",
                "must be one of " + String.join(", ", known) + ", got " + shown(value) + Spelling.hint(value, known));
        return known.get(0);
    }

    private String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "'";
    }
}

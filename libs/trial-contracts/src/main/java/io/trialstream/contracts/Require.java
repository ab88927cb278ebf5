package io.trialstream.contracts;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The checks that message constructors share. Each names the field and the value it refuses. */
final class Require {
    /** Ids appear in file paths, topic keys and URLs, so nothing dangerous fits into one. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9:_-]{1,64}");

    /** A pool's name is a part of its topic's name, where Kafka allows no colon. */
    private static final Pattern POOL = Pattern.compile("[A-Za-z0-9_-]{1,48}");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Require() {}

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new MissingFieldException(field);
        }
        return value;
    }

    static String id(String field, String value) {
        return matching(ID, field, value);
    }

    static String pool(String value) {
        return matching(POOL, "pool", value);
    }

    static String sha256(String field, String value) {
        return matching(SHA256, field, value);
    }

    static String studyId(String value) {
        id("studyId", value);
        if (value.indexOf(':') >= 0) {
            throw new IllegalArgumentException("studyId must not contain ':', got '" + value + "'");
        }
        return value;
    }

    static String text(String field, String value) {
        present(field, value);
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
        return value;
    }

    static int atLeast(String field, int minimum, int value) {
        if (value < minimum) {
            throw new IllegalArgumentException(field + " must be at least " + minimum + ", got " + value);
        }
        return value;
    }

    static long atLeast(String field, long minimum, long value) {
        if (value < minimum) {
            throw new IllegalArgumentException(field + " must be at least " + minimum + ", got " + value);
        }
        return value;
    }

    static Duration notNegative(String field, Duration value) {
        if (present(field, value).isNegative()) {
            throw new IllegalArgumentException(field + " must not be negative, got " + value);
        }
        return value;
    }

    /** A result has a finite objective if it is COMPLETED, and else a reason. */
    static void result(TrialState state, Optional<Double> objective, Optional<Reason> reason) {
        objective.ifPresent(value -> Metrics.requireFinite("objective", value));
        if (state == TrialState.COMPLETED && objective.isEmpty()) {
            throw new MissingFieldException("objective");
        }
        if (state != TrialState.COMPLETED && reason.isEmpty()) {
            throw new MissingFieldException("reason");
        }
    }

    static <T> List<T> list(String field, List<T> values) {
        present(field, values);
        for (int i = 0; i < values.size(); i++) {
            present(field + "[" + i + "]", values.get(i));
        }
        return List.copyOf(values);
    }

    static Map<String, Double> numbers(String field, Map<String, Double> values) {
        present(field, values)
                .forEach(
                        (name, value) -> Metrics.requireFinite(field + "." + name, present(field + "." + name, value)));
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static String matching(Pattern pattern, String field, String value) {
        if (!pattern.matcher(present(field, value)).matches()) {
            throw new IllegalArgumentException(field + " must match " + pattern + ", got '" + shortened(value) + "'");
        }
        return value;
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
}

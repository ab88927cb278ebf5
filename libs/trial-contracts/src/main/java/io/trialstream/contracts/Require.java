package io.trialstream.contracts;

import java.util.regex.Pattern;

/** The checks that message constructors share. Each names the field and the value it refuses. */
final class Require {
    /** Ids appear in file paths, topic keys and URLs, so nothing dangerous fits into one. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9:_-]{1,64}");

    private Require() {}

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new MissingFieldException(field);
        }
        return value;
    }

    static String id(String field, String value) {
        present(field, value);
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must match " + ID.pattern() + ", got '" + shortened(value) + "'");
        }
        return value;
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

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
}

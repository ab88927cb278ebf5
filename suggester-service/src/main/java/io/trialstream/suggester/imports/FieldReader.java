package io.trialstream.suggester.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.rest.ProblemDetail.FieldError;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of one trial of a file and collects what is wrong with them. Confined to one thread. */
final class FieldReader {
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_METRICS = 200;

    private final String place;
    private final List<FieldError> errors = new ArrayList<>();

    /** A reader of the trial at this place of its file, such as {@code line 3}. */
    FieldReader(String place) {
        this.place = place;
    }

    List<FieldError> errors() {
        return errors;
    }

    void problem(String field, String code, String message) {
        errors.add(new FieldError(field.isEmpty() ? place : place + ": " + field, code, message));
    }

    Optional<String> text(JsonNode tree, String field) {
        JsonNode value = tree.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (value.isTextual() && !value.asText().isBlank() && value.asText().length() <= LONGEST_TEXT) {
            return Optional.of(value.asText());
        }
        invalid(field, "must be a text of 1 to " + LONGEST_TEXT + " characters");
        return Optional.empty();
    }

    Optional<Double> number(JsonNode tree, String field) {
        JsonNode value = tree.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return Optional.of(value.doubleValue());
        }
        invalid(field, "must be a finite number");
        return Optional.empty();
    }

    double requiredNumber(JsonNode tree, String field) {
        if (isAbsent(tree.path(field))) {
            missing(field);
        }
        return number(tree, field).orElse(0.0);
    }

    /** A whole number of at least 0, which is also what an absent field means. */
    int count(JsonNode tree, String field) {
        JsonNode value = tree.path(field);
        if (isAbsent(value)) {
            return 0;
        }
        if (value.isInt() && value.intValue() >= 0) {
            return value.intValue();
        }
        invalid(field, "must be a whole number of at least 0");
        return 0;
    }

    Map<String, Double> metrics(JsonNode tree, String field) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        JsonNode object = tree.path(field);
        if (isAbsent(object)) {
            return metrics;
        }
        if (!object.isObject() || object.size() > MOST_METRICS) {
            invalid(field, "must be an object of at most " + MOST_METRICS + " metrics");
            return metrics;
        }
        object.properties().forEach(metric -> {
            boolean named = !metric.getKey().isBlank() && metric.getKey().length() <= LONGEST_TEXT;
            if (!named || !(metric.getValue().isNumber() || metric.getValue().isNull())) {
                invalid(field + "." + metric.getKey(), "must be a number or null");
            }
            double value = metric.getValue().asDouble(Double.NaN);
            metrics.put(
                    metric.getKey(),
                    Double.isFinite(value) && !metric.getValue().isNull() ? value : null);
        });
        return metrics;
    }

    Optional<Instant> instant(JsonNode tree, String field) {
        Optional<String> text = text(tree, field);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException e) {
            invalid(field, "must be a time such as 2026-01-31T12:00:00Z");
            return Optional.empty();
        }
    }

    Optional<Protocol> protocol(JsonNode tree, String field) {
        Optional<String> name = text(tree, field);
        try {
            return name.map(text -> Protocol.valueOf(text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            invalid(field, "must be honest or seed");
            return Optional.empty();
        }
    }

    void missing(String field) {
        problem(field, "MISSING_FIELD", "is required");
    }

    void invalid(String field, String message) {
        problem(field, "INVALID_FIELD", message);
    }

    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}

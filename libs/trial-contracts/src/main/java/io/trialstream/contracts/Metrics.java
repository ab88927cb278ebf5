package io.trialstream.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rules for numbers on the wire: JSON knows no NaN and no infinity, so a non-finite metric travels as null. */
final class Metrics {

    private Metrics() {}

    static Map<String, Double> finiteOrNull(Map<String, Double> metrics) {
        Map<String, Double> copy = new LinkedHashMap<>();
        metrics.forEach((name, value) ->
                copy.put(Require.text("metric name", name), value != null && Double.isFinite(value) ? value : null));
        return Collections.unmodifiableMap(copy);
    }

    static double requireFinite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(field + " must be finite, got " + value);
        }
        return value;
    }
}

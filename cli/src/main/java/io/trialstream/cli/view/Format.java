package io.trialstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How single values are written for people. */
final class Format {
    private Format() {}

    /** An objective: four places, which is what distinguishes two trials on a validation set of 1,000 to 10,000. */
    static String objective(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5 ? "%.3e" : "%.4f", value);
    }

    /** The two largest units: {@code 41m}, {@code 3h 05m}, {@code 12s}. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 600) {
            return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 60) {
            return minutes + "m";
        }
        return minutes < 48 * 60
                ? String.format(Locale.ROOT, "%dh %02dm", minutes / 60, minutes % 60)
                : String.format(Locale.ROOT, "%dd %02dh", minutes / 1440, minutes / 60 % 24);
    }

    /** A configuration on one line: {@code lr=0.0131 units=64 layer={type=conv size=3}}. */
    static String configuration(JsonNode value) {
        if (value.isObject()) {
            List<String> entries = new ArrayList<>();
            value.fields().forEachRemaining(field -> entries.add(field.getKey() + "=" + nested(field.getValue())));
            return String.join(" ", entries);
        }
        return nested(value);
    }

    private static String nested(JsonNode value) {
        if (value.isObject()) {
            return "{" + configuration(value) + "}";
        }
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(nested(element)));
            return "[" + String.join(" ", elements) + "]";
        }
        return value.isFloatingPointNumber() ? number(value.asDouble()) : value.asText();
    }

    /** Four significant digits, whole numbers without a fraction. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.valueOf((long) value);
        }
        return String.format(Locale.ROOT, "%.4g", value)
                .replaceFirst("(\\.\\d*?)0+($|e)", "$1$2")
                .replaceFirst("\\.($|e)", "$1");
    }
}

package io.trialstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How single values are written for people. */
final class Format {
    private Format() {}

    /**
     * An objective or a metric: four places, which is what distinguishes two trials on a validation set of 1,000 to
     * 10,000; very small and very large ones with four digits and a power of ten, {@code 1.23e-9}.
     */
    static String objective(double value) {
        double size = Math.abs(value);
        if (value == 0 || size >= 1e-3 && size < 1e5) {
            return value == 0 ? "0" : String.format(Locale.ROOT, "%.4f", value);
        }
        return shortened(String.format(Locale.ROOT, "%.3e", value));
    }

    /** The two largest units, below 10 seconds the first fraction: {@code 250ms}, {@code 1.5s}, {@code 3h 05m}. */
    static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis > 0 && millis < 1_000) {
            return millis + "ms";
        }
        if (millis < 9_950) {
            return String.format(Locale.ROOT, "%.1fs", millis / 1000.0).replace(".0s", "s");
        }
        long seconds = Math.round(millis / 1000.0);
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

    /** A parameter's value: {@code 0.0131}, {@code relu}, {@code [3 5]}, {@code {type=conv size=3}}. */
    static String value(JsonNode value) {
        if (value.isObject()) {
            List<String> entries = new ArrayList<>();
            value.properties().forEach(field -> entries.add(field.getKey() + "=" + value(field.getValue())));
            return "{" + String.join(" ", entries) + "}";
        }
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(value(element)));
            return "[" + String.join(" ", elements) + "]";
        }
        return value.isFloatingPointNumber() ? number(value.asDouble()) : value.asText();
    }

    /** Four significant digits, whole numbers without a fraction. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.valueOf((long) value);
        }
        return shortened(String.format(Locale.ROOT, "%.4g", value));
    }

    /** Without zeros that say nothing: {@code 2.500e-09} as {@code 2.5e-9}. */
    private static String shortened(String number) {
        int e = number.indexOf('e');
        String digits = e < 0 ? number : number.substring(0, e);
        String exponent = e < 0 ? "" : "e" + Integer.parseInt(number.substring(e + 1));
        return (digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits) + exponent;
    }
}

package io.trialstream.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in the canonical form of RFC 8785: members sorted by UTF-16 code units, no white space, numbers as ECMAScript
 * prints the nearest double. Any language can compute it.
 */
final class CanonicalJson {
    private static final String HEX = "0123456789abcdef";

    private CanonicalJson() {}

    /** The canonical text of a tree of Map, List, String, Number, Boolean and null. */
    static String write(Object tree) {
        StringBuilder out = new StringBuilder();
        append(out, tree);
        return out.toString();
    }

    private static void append(StringBuilder out, Object node) {
        if (node == null || node instanceof Boolean) {
            out.append(node);
        } else if (node instanceof Number number) {
            out.append(number(number.doubleValue()));
        } else if (node instanceof Map<?, ?> map) {
            appendObject(out, map);
        } else if (node instanceof List<?> list) {
            appendArray(out, list);
        } else if (node instanceof String text) {
            appendString(out, text);
        } else {
            throw new IllegalArgumentException(
                    "not a JSON value: " + node.getClass().getName());
        }
    }

    private static void appendObject(StringBuilder out, Map<?, ?> map) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        String separator = "{";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(separator);
            appendString(out, entry.getKey());
            out.append(':');
            append(out, entry.getValue());
            separator = ",";
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void appendArray(StringBuilder out, List<?> list) {
        String separator = "";
        out.append('[');
        for (Object element : list) {
            out.append(separator);
            append(out, element);
            separator = ",";
        }
        out.append(']');
    }

    private static void appendString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** A double as ECMAScript prints it: the shortest digits that read back as the same double. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("JSON has no number for " + value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
            return Long.toString((long) value);
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - shortest.scale();
        return (value < 0 ? "-" : "") + layOut(digits, exponent);
    }

    /**
     * The fewest digits that identify the double. If 15 do, rounding to 15 finds them (not among the subnormals, which
     * have fewer bits); 17 always do. With 16, the nearest decimal may miss below a power of two where the next one
     * hits.
     */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = value < Double.MIN_NORMAL ? 1 : 15; precision < 17; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            for (BigDecimal candidate : List.of(rounded, rounded.add(rounded.ulp()))) {
                if (candidate.doubleValue() == value) {
                    return candidate;
                }
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }

    private static String layOut(String digits, int exponent) {
        if (exponent > 21 || exponent <= -6) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return digits.charAt(0) + fraction + (exponent > 0 ? "e+" : "e") + (exponent - 1);
        }
        if (exponent <= 0) {
            return "0." + "0".repeat(-exponent) + digits;
        }
        if (exponent >= digits.length()) {
            return digits + "0".repeat(exponent - digits.length());
        }
        return digits.substring(0, exponent) + "." + digits.substring(exponent);
    }
}

package io.trialstream.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees as a YAML or JSON parser yields them. */
final class Trees {
    private Trees() {}

    /** An unmodifiable deep copy that keeps the order of members. */
    static Object copy(Object node) {
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value)));
            return Collections.unmodifiableMap(copy);
        }
        if (node instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copy(element)));
            return Collections.unmodifiableList(copy);
        }
        return node;
    }

    /** The JSON kind of a node with its article, for messages. */
    static String kind(Object node) {
        if (node == null) {
            return "null";
        }
        if (node instanceof Map) {
            return "an object";
        }
        if (node instanceof List) {
            return "a list";
        }
        if (node instanceof Number) {
            return "the number " + node;
        }
        return node instanceof Boolean ? "the boolean " + node : "the string '" + node + "'";
    }

    /** A number for people: at most six digits, 1.00001 or 1e-5. */
    static String shown(double number) {
        if (number == 0 || !Double.isFinite(number)) {
            return number == 0 ? "0" : String.valueOf(number);
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 7) {
            return rounded.toPlainString();
        }
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}

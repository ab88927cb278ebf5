package io.trialstream.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.space.Sha256;
import java.util.StringJoiner;
import java.util.TreeSet;

/** JSON values in a form that is equal where the values are: keys sorted, numbers as doubles. */
final class CanonicalJson {
    private static final int DIGITS = 16;

    private CanonicalJson() {}

    /** A short text that is the same for equal values. */
    static String digest(JsonNode value) {
        return Sha256.hex(of(value)).substring(0, DIGITS);
    }

    static String of(JsonNode value) {
        if (value.isObject()) {
            StringJoiner members = new StringJoiner(",", "{", "}");
            TreeSet<String> keys = new TreeSet<>();
            value.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> members.add(key + ":" + of(value.get(key))));
            return members.toString();
        }
        if (value.isArray()) {
            StringJoiner elements = new StringJoiner(",", "[", "]");
            value.forEach(element -> elements.add(of(element)));
            return elements.toString();
        }
        // -0.0 is 0 to a database.
        return value.isNumber() ? Double.toString(value.asDouble() + 0.0) : value.toString();
    }
}

package io.trialstream.space;

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
        return node instanceof Boolean ? "the boolean " + node : "the text '" + node + "'";
    }
}

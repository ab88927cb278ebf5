package io.trialstream.space;

import java.util.List;
import java.util.Map;

/** Checks that a tree is JSON: nothing but objects with text keys, lists, texts, finite numbers, booleans and null. */
record JsonCheck(List<Problem> problems) {
    void check(Object node, String path) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> check(value, path + "." + key));
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(list.get(i), path + "[" + i + "]");
            }
        } else if (node instanceof Number number) {
            if (!Double.isFinite(number.doubleValue())) {
                problems.add(new Problem(path, "NOT_FINITE", "a number must be finite, not " + number));
            }
        } else if (node != null && !(node instanceof String) && !(node instanceof Boolean)) {
            problems.add(new Problem(
                    path, "WRONG_TYPE", "not a JSON value: " + node.getClass().getSimpleName()));
        }
    }
}

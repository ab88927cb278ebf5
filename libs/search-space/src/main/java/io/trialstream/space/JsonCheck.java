package io.trialstream.space;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Checks that a tree is JSON: nothing but objects with text keys, lists, texts, finite numbers, booleans and null.
 *
 * @param exactly whether integers must be among those that every reader of JSON holds exactly, up to 2^53
 */
record JsonCheck(List<Problem> problems, boolean exactly) {
    private static final BigInteger MOST_EXACT = BigInteger.ONE.shiftLeft(53);

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
            } else if (exactly && isInexact(number)) {
                problems.add(new Problem(
                        path,
                        "OUT_OF_RANGE",
                        "an integer must be at most 2^53 in magnitude, so that every JSON reader keeps it exactly, not "
                                + number + "; write it as a string"));
            }
        } else if (node != null && !(node instanceof String) && !(node instanceof Boolean)) {
            problems.add(new Problem(
                    path, "WRONG_TYPE", "not a JSON value: " + node.getClass().getSimpleName()));
        }
    }

    private static boolean isInexact(Number number) {
        return (number instanceof Long || number instanceof BigInteger)
                && new BigInteger(number.toString()).abs().compareTo(MOST_EXACT) > 0;
    }
}

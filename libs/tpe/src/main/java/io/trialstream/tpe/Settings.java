package io.trialstream.tpe;

import io.trialstream.space.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a sampler's settings, collecting problems; used once, on one thread. */
final class Settings {
    /** The largest number of candidates, start-up trials and the like: time and memory grow with them. */
    static final int MANY = 100_000;
    /** The largest number where trials are only counted, as in a budget. */
    static final int MOST_TRIALS = 10_000_000;

    private static final String ROOT = "sampler";

    private final Map<String, ?> tree;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>(List.of("type", "seed"));

    Settings(Map<String, ?> tree) {
        this.tree = tree;
    }

    String type() {
        if (tree.get("type") instanceof String type) {
            return type;
        }
        problem("type", tree.containsKey("type") ? "WRONG_TYPE" : "MISSING_FIELD", "must name a sampler");
        return "";
    }

    int integer(String name, int standard, int least, int most) {
        known.add(name);
        Object value = tree.get(name);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Number number) || number.doubleValue() != Math.rint(number.doubleValue())) {
            problem(name, "NOT_AN_INTEGER", "must be an integer, not " + value);
            return standard;
        }
        if (number.doubleValue() < least || number.doubleValue() > most) {
            problem(name, "OUT_OF_RANGE", "must be between " + least + " and " + most + ", not " + value);
            return standard;
        }
        return number.intValue();
    }

    double number(String name, double standard, double least, double most) {
        known.add(name);
        Object value = tree.get(name);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Number number)) {
            problem(name, "NOT_A_NUMBER", "must be a number, not " + value);
            return standard;
        }
        if (!(number.doubleValue() >= least && number.doubleValue() <= most)) {
            problem(name, "OUT_OF_RANGE", "must be between " + least + " and " + most + ", not " + value);
            return standard;
        }
        return number.doubleValue();
    }

    boolean flag(String name, boolean standard) {
        known.add(name);
        Object value = tree.get(name);
        if (value == null || value instanceof Boolean) {
            return value == null ? standard : (Boolean) value;
        }
        problem(name, "WRONG_TYPE", "must be true or false, not " + value);
        return standard;
    }

    /** One of a fixed set of words. */
    String word(String name, String standard, List<String> words) {
        known.add(name);
        Object value = tree.get(name);
        if (value == null) {
            return standard;
        }
        if (!words.contains(value)) {
            problem(name, "UNKNOWN_VALUE", "must be one of " + words + ", not " + value);
            return standard;
        }
        return (String) value;
    }

    void problem(String name, String code, String message) {
        problems.add(new Problem(ROOT + "." + name, code, message));
    }

    /** Refuses whatever was not asked for, and everything that was refused before. */
    void finish() {
        for (String name : tree.keySet()) {
            if (!known.contains(name)) {
                List<String> settable =
                        known.stream().filter(k -> !k.equals("type")).toList();
                problem(name, "UNKNOWN_FIELD", "unknown setting; this sampler has " + settable);
            }
        }
        failOnProblems();
    }

    void failOnProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidSamplerException(problems);
        }
    }
}

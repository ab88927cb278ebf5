package io.trialstream.contracts.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.space.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a tree from outside must be so that every message that carries it can be written, read back and stored: checked
 * once, where it comes in. PostgreSQL holds no U+0000, UTF-8 no lone surrogate, and a message has at most 100 levels.
 */
public final class StoredForm {
    /**
     * How many levels of objects and lists a space or a configuration may have. The message or answer around it adds
     * at most four.
     */
    public static final int MOST_LEVELS = 96;

    private final String root;
    private final int mostLevels;
    private final Consumer<Problem> problems;
    private final Deque<String> path = new ArrayDeque<>();
    private boolean tooDeep;

    private StoredForm(String root, int mostLevels, Consumer<Problem> problems) {
        this.root = root;
        this.mostLevels = mostLevels;
        this.problems = problems;
    }

    /**
     * Checks a tree of Map, List, String, Number, Boolean and null, or a {@link JsonNode}.
     *
     * @param root the tree's own path, which begins those of the problems
     * @param mostLevels how many levels of objects and lists it may have
     * @param problems gets everything that is wrong
     */
    public static void check(String root, Object tree, int mostLevels, Consumer<Problem> problems) {
        new StoredForm(root, mostLevels, problems).check(tree, 1);
    }

    /** What is wrong with a text, for people; null if it can be stored. */
    static String faultOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "contains U+0000 at position " + (i + 1) + ", which cannot be stored";
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "contains an unpaired surrogate (" + String.format("U+%04X", (int) c) + ") at position "
                        + (i + 1) + ", which UTF-8 cannot encode";
            }
        }
        return null;
    }

    private void check(Object node, int level) {
        if (node instanceof String text) {
            check(text, "the string ");
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> member(String.valueOf(key), value, level));
        } else if (node instanceof List<?> list) {
            elements(list.iterator(), level);
        } else if (node instanceof JsonNode json) {
            check(json, level);
        }
    }

    private void check(JsonNode json, int level) {
        if (json.isTextual()) {
            check(json.textValue(), "the string ");
        } else if (json.isObject()) {
            json.properties().forEach(field -> member(field.getKey(), field.getValue(), level));
        } else if (json.isArray()) {
            elements(json.elements(), level);
        }
    }

    private void elements(Iterator<?> elements, int level) {
        for (int i = 0; elements.hasNext(); i++) {
            inside("[" + i + "]", elements.next(), level);
        }
    }

    private void member(String name, Object value, int level) {
        String fault = faultOf(name);
        if (fault == null) {
            inside("." + name, value, level);
        } else {
            // The name itself cannot be shown in an answer either.
            problems.accept(new Problem(place(), "UNSTORABLE_TEXT", "a member name " + fault));
        }
    }

    private void inside(String step, Object value, int level) {
        if (level > mostLevels) {
            if (!tooDeep) {
                tooDeep = true;
                problems.accept(new Problem(
                        root,
                        "TOO_DEEP",
                        "is nested too deeply: at most " + mostLevels + " levels of objects and lists"));
            }
            return;
        }
        path.addLast(step);
        check(value, level + 1);
        path.removeLast();
    }

    private void check(String text, String what) {
        String fault = faultOf(text);
        if (fault != null) {
            problems.accept(new Problem(place(), "UNSTORABLE_TEXT", what + fault));
        }
    }

    private String place() {
        String place = root + String.join("", path);
        return place.startsWith(".") ? place.substring(1) : place;
    }
}

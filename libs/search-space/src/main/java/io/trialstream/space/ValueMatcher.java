package io.trialstream.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the numbers that give a tree of values. Where several options of a choice fit, the first one is taken.
 * Numbers found so far are kept in {@code numbers}; a failed attempt leaves them as they were.
 */
final class ValueMatcher {
    private final List<Parameter> parameters;
    private double[] numbers;

    ValueMatcher(List<Parameter> parameters) {
        this.parameters = parameters;
        this.numbers = new double[parameters.size()];
        Arrays.fill(numbers, Double.NaN);
    }

    double[] numbers() {
        return numbers;
    }

    /** The reasons why the value does not fit; none if it does. */
    List<Problem> match(Expression node, Object value, String path) {
        if (node instanceof Expression.Constant constant) {
            return sameJson(constant.value(), value)
                    ? List.of()
                    : problem(path, "NOT_THE_CONSTANT", "must be " + text(constant.value()) + ", not " + text(value));
        }
        if (node instanceof Expression.Members members) {
            return matchMembers(members.members(), value, path);
        }
        if (node instanceof Expression.Elements elements) {
            return matchElements(elements.elements(), value, path);
        }
        if (node instanceof Expression.Draw draw) {
            return matchDraw(parameters.get(draw.parameter()), value, path);
        }
        return matchBranch((Expression.Branch) node, value, path);
    }

    private List<Problem> matchMembers(Map<String, Expression> members, Object value, String path) {
        if (!(value instanceof Map<?, ?> map)) {
            return problem(path, "WRONG_TYPE", "must be an object, not " + Trees.kind(value));
        }
        List<Problem> problems = new ArrayList<>();
        members.forEach((key, member) -> {
            if (map.containsKey(key)) {
                problems.addAll(match(member, map.get(key), path + "." + key));
            } else {
                problems.add(new Problem(path + "." + key, "MISSING_FIELD", "is missing"));
            }
        });
        map.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !members.containsKey(key))
                .forEach(key ->
                        problems.add(new Problem(path + "." + key, "UNKNOWN_FIELD", "the space has no such member")));
        return problems;
    }

    private List<Problem> matchElements(List<Expression> elements, Object value, String path) {
        if (!(value instanceof List<?> list) || list.size() != elements.size()) {
            return problem(
                    path,
                    "WRONG_TYPE",
                    "must be a list of " + elements.size() + ", not "
                            + (value instanceof List<?> list ? "one of " + list.size() : Trees.kind(value)));
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            problems.addAll(match(elements.get(i), list.get(i), path + "[" + i + "]"));
        }
        return problems;
    }

    private List<Problem> matchDraw(Parameter parameter, Object value, String path) {
        if (!(value instanceof Number number)) {
            return problem(path, "NOT_A_NUMBER", "must be a number, not " + Trees.kind(value));
        }
        Distribution distribution = parameter.distribution();
        if (!distribution.accepts(number.doubleValue())) {
            return problem(path, "OUT_OF_RANGE", "must be " + distribution.describe() + ", not " + number);
        }
        return record(parameter, distribution.canonical(number.doubleValue()), path);
    }

    private List<Problem> matchBranch(Expression.Branch branch, Object value, String path) {
        Parameter parameter = parameters.get(branch.parameter());
        List<Problem> reasons = new ArrayList<>();
        for (int option = 0; option < branch.options().size(); option++) {
            if (!parameter.distribution().accepts(option)) {
                continue;
            }
            double[] before = numbers.clone();
            List<Problem> problems = new ArrayList<>(record(parameter, option, path));
            if (problems.isEmpty()) {
                problems.addAll(match(branch.options().get(option), value, path));
            }
            if (problems.isEmpty()) {
                return problems;
            }
            numbers = before;
            // An option of the same kind is what was meant: what is wrong inside it is worth telling.
            if (problems.stream()
                    .noneMatch(p -> p.path().equals(path) && !p.code().equals("OUT_OF_RANGE"))) {
                reasons.addAll(problems);
            }
        }
        return reasons.size() == 1 || branch.options().size() == 1 && !reasons.isEmpty()
                ? reasons
                : problem(
                        path,
                        "NO_OPTION_MATCHES",
                        "none of the " + branch.options().size() + " options of '" + parameter.label() + "' can be "
                                + text(value));
    }

    private List<Problem> record(Parameter parameter, double number, String path) {
        double known = numbers[parameter.index()];
        if (!Double.isNaN(known) && known != number) {
            return problem(
                    path, "CONTRADICTION", "parameter '" + parameter.label() + "' is shared and is also " + known);
        }
        numbers[parameter.index()] = number;
        return List.of();
    }

    private static List<Problem> problem(String path, String code, String message) {
        return List.of(new Problem(path, code, message));
    }

    private static boolean sameJson(Object a, Object b) {
        if (a == null || b == null || a instanceof Map != b instanceof Map) {
            return a == b;
        }
        return text(a).equals(text(b));
    }

    private static String text(Object value) {
        try {
            return CanonicalJson.write(value);
        } catch (IllegalArgumentException | ClassCastException e) {
            return String.valueOf(value);
        }
    }
}

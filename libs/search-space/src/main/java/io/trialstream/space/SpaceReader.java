package io.trialstream.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a tree into expressions and parameters, collecting every problem on the way. Used once. */
final class SpaceReader {
    static final String ROOT = "space";
    private static final String LABEL = "label";
    private static final String CONSTANT = "constant";
    private static final String OBJECT = "object";

    private final DistributionReader distributions;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final List<Declared> order = new ArrayList<>();

    /** A parameter as written: its first place, and the text that a repetition must equal. */
    private record Declared(
            int index, String label, String path, String text, Distribution distribution, Expression expression) {}

    SpaceReader(GridPolicy policy) {
        distributions = new DistributionReader(policy, problems);
    }

    List<Problem> problems() {
        return problems;
    }

    Expression.Members readRoot(Object tree) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            return members(map, ROOT, true);
        }
        problems.add(
                tree == null || tree instanceof Map
                        ? new Problem(ROOT, "MISSING_FIELD", "a space needs at least one member")
                        : new Problem(ROOT, "WRONG_TYPE", "a space is an object, not " + Trees.kind(tree)));
        return new Expression.Members(Map.of(), List.of());
    }

    /** The parameters found; their activations follow from where the finished expression refers to them. */
    List<Parameter> parameters(Expression root) {
        List<List<List<Gate>>> paths = new ArrayList<>();
        order.forEach(parameter -> paths.add(new ArrayList<>()));
        collect(root, List.of(), paths);
        List<Parameter> parameters = new ArrayList<>();
        for (Declared p : order) {
            Activation activation =
                    new Activation(paths.get(p.index()).stream().distinct().toList());
            parameters.add(new Parameter(p.index(), p.label(), p.path(), p.distribution(), activation));
        }
        return List.copyOf(parameters);
    }

    private void collect(Expression node, List<Gate> gates, List<List<List<Gate>>> paths) {
        if (node instanceof Expression.Members members) {
            members.byName().forEach(member -> collect(member, gates, paths));
        } else if (node instanceof Expression.Elements elements) {
            elements.elements().forEach(element -> collect(element, gates, paths));
        } else if (node instanceof Expression.Draw draw) {
            paths.get(draw.parameter()).add(gates);
        } else if (node instanceof Expression.Branch branch) {
            paths.get(branch.parameter()).add(gates);
            for (int option = 0; option < branch.options().size(); option++) {
                List<Gate> inner = new ArrayList<>(gates);
                inner.add(new Gate(order.get(branch.parameter()).label(), option));
                collect(branch.options().get(option), List.copyOf(inner), paths);
            }
        }
    }

    private Expression.Members members(Map<?, ?> map, String path, boolean unconditional) {
        TreeMap<String, Object> written = new TreeMap<>();
        map.forEach((key, value) -> written.put(String.valueOf(key), value));
        TreeMap<String, Expression> byName = new TreeMap<>();
        written.forEach((name, value) -> byName.put(name, read(value, path + "." + name, unconditional)));
        Map<String, Expression> members = new LinkedHashMap<>();
        map.keySet().forEach(key -> members.put(String.valueOf(key), byName.get(String.valueOf(key))));
        return new Expression.Members(members, List.copyOf(byName.values()));
    }

    private Expression read(Object node, String path, boolean unconditional) {
        if (node instanceof Map<?, ?> map) {
            return readObject(map, path, unconditional);
        }
        if (node instanceof List<?> list) {
            List<Expression> elements = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                elements.add(read(list.get(i), path + "[" + i + "]", unconditional));
            }
            return new Expression.Elements(elements);
        }
        return constant(node, path);
    }

    private Expression constant(Object node, String path) {
        new JsonCheck(problems).check(node, path);
        return new Expression.Constant(Trees.copy(node));
    }

    private Expression readObject(Map<?, ?> map, String path, boolean unconditional) {
        if (map.size() == 1 && map.containsKey(CONSTANT)) {
            return constant(map.get(CONSTANT), path + "." + CONSTANT);
        }
        if (map.size() == 1 && map.get(OBJECT) instanceof Map<?, ?> inner) {
            return members(inner, path + "." + OBJECT, unconditional);
        }
        String keyword = DistributionReader.keywordIn(map);
        if (keyword != null) {
            return parameter(map, keyword, path, unconditional);
        }
        if (map.get(LABEL) instanceof String || map.isEmpty() && unconditional) {
            String other = map.keySet().stream()
                    .map(String::valueOf)
                    .filter(k -> !k.equals(LABEL))
                    .findFirst()
                    .orElse(null);
            return other == null ? noDistribution(path) : unknownDistribution(other, path);
        }
        if (map.size() == 1) {
            String only = String.valueOf(map.keySet().iterator().next());
            if (unconditional && map.values().iterator().next() instanceof List
                    || DistributionReader.closest(only) != null) {
                return unknownDistribution(only, path);
            }
        }
        return members(map, path, unconditional);
    }

    private Expression noDistribution(String path) {
        problems.add(
                new Problem(path, "MISSING_FIELD", "names no distribution; one of " + DistributionReader.KEYWORDS));
        return new Expression.Constant(null);
    }

    private Expression unknownDistribution(String name, String path) {
        String closest = DistributionReader.closest(name);
        problems.add(new Problem(
                path + "." + name,
                "UNKNOWN_DISTRIBUTION",
                "'" + name + "' is no distribution; "
                        + (closest != null
                                ? "did you mean '" + closest + "'?"
                                : "one of " + DistributionReader.KEYWORDS)
                        + " (write {constant: ...} or {object: {...}} for an object as a value)"));
        return new Expression.Constant(null);
    }

    private Expression parameter(Map<?, ?> map, String keyword, String path, boolean unconditional) {
        map.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !key.equals(keyword) && !key.equals(LABEL))
                .forEach(key -> problems.add(new Problem(
                        path + "." + key,
                        "UNKNOWN_FIELD",
                        "a parameter has 'label' and one distribution ('" + keyword + "' here), not '" + key + "'")));
        String label = label(map, path);
        String text = text(map, keyword);
        Declared earlier = declared.get(label);
        if (earlier != null) {
            if (!earlier.text().equals(text)) {
                problems.add(new Problem(
                        path,
                        "DUPLICATE_LABEL",
                        "label '" + label + "' is also at " + earlier.path() + " with another expression"));
            }
            return earlier.expression();
        }
        // The place in the order is taken before the options are read, so that a choice precedes what it gates.
        int index = order.size();
        order.add(null);
        String arguments = path + "." + keyword;
        Expression expression;
        Distribution distribution;
        if (keyword.endsWith("choice")) {
            List<Object> options = distributions.options(map.get(keyword), keyword, arguments);
            distribution = distributions.choice(map.get(keyword), keyword, arguments);
            expression = branch(index, options, keyword, arguments);
        } else {
            distribution = distributions.numeric(keyword, map.get(keyword), arguments);
            expression = new Expression.Draw(index);
        }
        Declared parameter = new Declared(index, label, path, text, distribution, expression);
        order.set(index, parameter);
        Declared inner = declared.put(label, parameter);
        if (inner != null) {
            problems.add(new Problem(inner.path(), "DUPLICATE_LABEL", "label '" + label + "' is also at " + path));
        }
        return expression;
    }

    private Expression branch(int index, List<Object> options, String keyword, String arguments) {
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            String path = arguments + "[" + i + "]" + (keyword.equals("pchoice") ? "[1]" : "");
            expressions.add(read(options.get(i), path, false));
        }
        return new Expression.Branch(index, expressions);
    }

    private String label(Map<?, ?> map, String path) {
        Object label = map.get(LABEL);
        if (label instanceof String text && !text.isBlank()) {
            return text;
        }
        if (map.containsKey(LABEL)) {
            problems.add(new Problem(path + "." + LABEL, "WRONG_TYPE", "a label is a text, not " + Trees.kind(label)));
        }
        return path.substring(ROOT.length() + 1);
    }

    private static String text(Map<?, ?> map, String keyword) {
        try {
            return keyword + CanonicalJson.write(map.get(keyword));
        } catch (IllegalArgumentException | ClassCastException e) {
            return keyword + map.get(keyword);
        }
    }
}

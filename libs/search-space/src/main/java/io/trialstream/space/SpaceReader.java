package io.trialstream.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Reads a tree into expressions and parameters, collecting every problem on the way. Used once. */
final class SpaceReader {
    static final String ROOT = "space";
    static final String LABEL = "label";
    private static final String CONSTANT = "constant";
    private static final String OBJECT = "object";

    private final DistributionReader distributions;
    private final boolean writtenByPeople;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final List<Declared> order = new ArrayList<>();

    /** A parameter as written: its first place, and the text that a repetition must equal. */
    private record Declared(
            int index, String label, String path, String text, Distribution distribution, Expression expression) {}

    /** @param writtenByPeople whether to look for what people who come from other tools write by mistake */
    SpaceReader(GridPolicy policy, boolean writtenByPeople) {
        distributions = new DistributionReader(policy, problems, warnings);
        this.writtenByPeople = writtenByPeople;
    }

    List<Problem> problems() {
        return problems;
    }

    List<Problem> warnings() {
        return warnings;
    }

    /**
     * The space as it is kept: a whole space that is one expression is itself where its values are objects; else its
     * values get a name, since a configuration is an object.
     */
    static Object named(Object tree) {
        if (tree instanceof Map<?, ?> map && isExpression(map) && !givesObjects(map)) {
            return Map.of(rootLabel(map), tree);
        }
        return tree;
    }

    /** Problems and warnings name places as they were written, without the name that {@link #named} gave. */
    void tellOfName(Object written, Object named) {
        if (written == named) {
            return;
        }
        String name = String.valueOf(((Map<?, ?>) named).keySet().iterator().next());
        String prefix = ROOT + "." + name;
        UnaryOperator<Problem> asWritten = problem -> problem.path().startsWith(prefix)
                ? new Problem(ROOT + problem.path().substring(prefix.length()), problem.code(), problem.message())
                : problem;
        problems.replaceAll(asWritten);
        warnings.replaceAll(asWritten);
        warnings.add(new Problem(
                ROOT,
                "NAMED",
                "the whole space is one expression: its value is the member '" + name + "' of each configuration"));
    }

    private static boolean isExpression(Map<?, ?> map) {
        String keyword = DistributionReader.keywordIn(map);
        return keyword != null && DistributionReader.isAlone(keyword, map);
    }

    /** Whether every value of what is written is an object. */
    private static boolean givesObjects(Object node) {
        if (!(node instanceof Map<?, ?> map)) {
            return false;
        }
        if (map.size() == 1 && map.containsKey(CONSTANT)) {
            return map.get(CONSTANT) instanceof Map;
        }
        String keyword = DistributionReader.keywordIn(map);
        if (keyword == null || !DistributionReader.isAlone(keyword, map)) {
            return keyword == null;
        }
        return keyword.endsWith("choice")
                && DistributionReader.options(map.get(keyword), keyword).stream()
                        .allMatch(SpaceReader::givesObjects);
    }

    private static String rootLabel(Map<?, ?> map) {
        return map.get(LABEL) instanceof String label && !label.isBlank()
                ? label
                : DistributionReader.keywordIn(map).endsWith("choice") ? "choice" : "x";
    }

    /** Reads what {@link #named} gives. */
    Expression readRoot(Object tree) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            return isExpression(map) ? parameter(map, DistributionReader.keywordIn(map), ROOT) : rootMembers(map);
        }
        if (writtenByPeople && tree instanceof List<?> list) {
            Optional<String> spelling = ForeignNotation.ofSpace(list);
            if (spelling.isPresent()) {
                problems.add(new Problem(ROOT, ForeignNotation.CODE, spelling.get()));
                return new Expression.Members(Map.of(), List.of());
            }
        }
        problems.add(
                tree == null || tree instanceof Map
                        ? new Problem(ROOT, "MISSING_FIELD", "a space needs at least one member")
                        : new Problem(ROOT, "WRONG_TYPE", "a space is an object, not " + Trees.kind(tree)));
        return new Expression.Members(Map.of(), List.of());
    }

    private Expression rootMembers(Map<?, ?> map) {
        return foreign(map, ROOT).orElseGet(() -> members(map, ROOT, true));
    }

    /** Refuses what another tool's user wrote, with the right spelling. */
    private Optional<Expression> foreign(Map<?, ?> map, String path) {
        Optional<String> spelling = writtenByPeople ? ForeignNotation.of(map) : Optional.empty();
        spelling.ifPresent(right -> problems.add(new Problem(path, ForeignNotation.CODE, right)));
        return spelling.map(refused -> new Expression.Constant(null));
    }

    /** A space without a parameter tries the same again and again; what is suspicious in it is the likely reason. */
    void requireParameter() {
        if (writtenByPeople && problems.isEmpty() && order.isEmpty()) {
            problems.add(
                    new Problem(ROOT, "NO_PARAMETER", "the space has no parameter, such as lr: { log: [1e-5, 0.1] }"));
            problems.addAll(warnings);
        }
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
            warnOfList(list, path);
            List<Expression> elements = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                elements.add(read(list.get(i), path + "[" + i + "]", unconditional));
            }
            return new Expression.Elements(elements);
        }
        refuseForeignText(node, path);
        return constant(node, path);
    }

    /** A member that is a list of plain values is often meant as a range or as the options of a choice. */
    private void warnOfList(List<?> list, String path) {
        boolean isMember = path.lastIndexOf('.') == ROOT.length() && !path.endsWith("]");
        if (writtenByPeople && isMember) {
            ForeignNotation.ofList(list).ifPresent(hint -> warnings.add(new Problem(path, "CONSTANT_LIST", hint)));
        }
    }

    private void refuseForeignText(Object node, String path) {
        if (writtenByPeople && node instanceof String text) {
            ForeignNotation.ofText(text)
                    .ifPresent(right -> problems.add(new Problem(path, ForeignNotation.CODE, right)));
        }
    }

    private Expression constant(Object node, String path) {
        new JsonCheck(problems, writtenByPeople).check(node, path);
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
            return parameter(map, keyword, path);
        }
        Optional<Expression> foreign = foreign(map, path);
        if (foreign.isPresent()) {
            return foreign.get();
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
                "'" + name + "' is not a distribution; "
                        + (closest != null
                                ? "did you mean '" + closest + "'?"
                                : "one of " + DistributionReader.KEYWORDS)
                        + " (write {constant: ...} or {object: {...}} for an object as a value)"));
        return new Expression.Constant(null);
    }

    private Expression parameter(Map<?, ?> map, String keyword, String path) {
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
            List<Object> options = DistributionReader.options(map.get(keyword), keyword);
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
            problems.add(new Problem(
                    path + "." + LABEL, "WRONG_TYPE", "a label must be a string, not " + Trees.kind(label)));
        }
        return path.equals(ROOT) ? rootLabel(map) : path.substring(ROOT.length() + 1);
    }

    private static String text(Map<?, ?> map, String keyword) {
        try {
            return keyword + CanonicalJson.write(map.get(keyword));
        } catch (IllegalArgumentException | ClassCastException e) {
            return keyword + map.get(keyword);
        }
    }
}

package io.trialstream.space;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises parameters in the notation of other tools (Optuna, Ray Tune, Katib, W&amp;B, NNI, scikit-learn), which would
 * else be read as constants, and says how they are written here.
 */
final class ForeignNotation {
    static final String CODE = "FOREIGN_NOTATION";

    private static final List<String> LOW = List.of("low", "min", "lower", "minimum", "from", "start", "lower_bound");
    private static final List<String> HIGH =
            List.of("high", "max", "upper", "maximum", "to", "end", "stop", "upper_bound");
    private static final List<String> STEP = List.of("step", "q", "step_size", "stepsize");
    private static final List<String> BOUNDS = List.of("bounds", "range", "_value", "args");
    private static final List<String> OPTIONS =
            List.of("values", "choices", "categories", "grid_search", "_value", "args");
    private static final List<String> TYPE =
            List.of("type", "distribution", "parametertype", "_type", "parameter_type");
    private static final List<String> LOG = List.of("log", "log_scale", "logscale", "scale");
    private static final List<String> REST = List.of("name", "default", "base", "label", "feasiblespace");

    /** What other tools call a distribution, and what it is called here. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("uniform", "uniform"),
            Map.entry("float", "uniform"),
            Map.entry("double", "uniform"),
            Map.entry("real", "uniform"),
            Map.entry("continuous", "uniform"),
            Map.entry("range", "uniform"),
            Map.entry("floatdistribution", "uniform"),
            Map.entry("uniformdistribution", "uniform"),
            Map.entry("loguniform", "log"),
            Map.entry("reciprocal", "log"),
            Map.entry("loguniformvalues", "log"),
            Map.entry("loguniformdistribution", "log"),
            Map.entry("quniform", "quniform"),
            Map.entry("discreteuniform", "quniform"),
            Map.entry("qloguniform", "qlog"),
            Map.entry("qloguniformvalues", "qlog"),
            Map.entry("lograndint", "qlog"),
            Map.entry("int", "uniformint"),
            Map.entry("integer", "uniformint"),
            Map.entry("intuniform", "uniformint"),
            Map.entry("randint", "uniformint"),
            Map.entry("intdistribution", "uniformint"),
            Map.entry("intuniformdistribution", "uniformint"),
            Map.entry("categorical", "choice"),
            Map.entry("categoricaldistribution", "choice"),
            Map.entry("choice", "choice"),
            Map.entry("discrete", "choice"),
            Map.entry("ordinal", "choice"),
            Map.entry("gridsearch", "choice"),
            Map.entry("normal", "normal"),
            Map.entry("randn", "normal"));

    private static final Set<String> ALL = Stream.of(LOW, HIGH, STEP, BOUNDS, OPTIONS, TYPE, LOG, REST)
            .flatMap(List::stream)
            .collect(Collectors.toCollection(HashSet::new));

    /** A call of a program's text, such as {@code hp.uniform('x', 0, 1)}. */
    private static final Pattern CALL =
            Pattern.compile("\\s*(?:[A-Za-z_]\\w*\\.)*(?:suggest_)?([A-Za-z_]\\w*)\\s*\\((.*)\\)\\s*", Pattern.DOTALL);

    private static final String AS_VALUE = " (an object that is meant as a value is written { constant: ... })";

    private ForeignNotation() {}

    /** How the parameter that another tool's user wrote as this object is written here; empty if it is none. */
    static Optional<String> of(Map<?, ?> map) {
        Map<String, Object> written = lowerCase(map);
        if (written.isEmpty() || !ALL.containsAll(written.keySet())) {
            return ofSingle(map);
        }
        Map<String, Object> feasible =
                written.get("feasiblespace") instanceof Map<?, ?> inner ? lowerCase(inner) : written;
        Object low = first(feasible, LOW);
        Object high = first(feasible, HIGH);
        Optional<String> kind = kind(first(written, TYPE));
        List<?> bounds = list(feasible, BOUNDS);
        if (isNumber(low) && isNumber(high)) {
            return told(range(kind, low, high, first(feasible, STEP), isLogarithmic(written)));
        }
        if (kind.filter(name -> !name.equals("choice")).isPresent() && bounds.size() >= 2) {
            return told(range(
                    kind,
                    bounds.get(0),
                    bounds.get(1),
                    bounds.size() > 2 ? bounds.get(2) : null,
                    isLogarithmic(written)));
        }
        List<?> options = list(feasible, feasible == written ? OPTIONS : List.of("list"));
        if (!options.isEmpty() && (kind.isPresent() || written.size() == 1)) {
            return told("choice: " + shown(options));
        }
        return kind.isPresent() && written.size() > 1
                ? told(kind.get().equals("choice") ? "choice: [...]" : kind.get() + ": [low, high]")
                : ofSingle(map);
    }

    /** {@code {suggest_float: [0, 1]}}, {@code {categorical: [a, b]}}, {@code {grid_search: [1, 2]}}. */
    private static Optional<String> ofSingle(Map<?, ?> map) {
        if (map.size() != 1 || !(map.values().iterator().next() instanceof List<?> arguments) || arguments.isEmpty()) {
            return Optional.empty();
        }
        String name = String.valueOf(map.keySet().iterator().next());
        Optional<String> kind = kind(name.replaceFirst("^suggest_", ""));
        if (kind.isEmpty() || DistributionReader.closest(name) != null) {
            return Optional.empty();
        }
        return told(
                kind.get().equals("choice") || arguments.size() < 2
                        ? "choice: " + shown(arguments)
                        : range(
                                kind,
                                arguments.get(0),
                                arguments.get(1),
                                arguments.size() > 2 ? arguments.get(2) : null,
                                false));
    }

    /** The right spelling of a call in a programming language; empty if the text is none. */
    static Optional<String> ofText(String text) {
        Matcher call = CALL.matcher(text);
        if (text.length() > 200 || !call.matches()) {
            return Optional.empty();
        }
        return Stream.concat(DistributionReader.KEYWORDS.stream(), KINDS.keySet().stream())
                .filter(name -> name.equals(plain(call.group(1))))
                .findFirst()
                .map(name -> "'" + text + "' would be a constant string; a parameter is written like { "
                        + (DistributionReader.KEYWORDS.contains(name) ? name : KINDS.get(name))
                        + ": [...] }, here as Hyperopt's arguments without the label");
    }

    /** What a member that is a list of plain values may be meant as; empty where it hardly is anything else. */
    static Optional<String> ofList(List<?> list) {
        boolean plain = list.stream().allMatch(value -> value instanceof Number || value instanceof String);
        if (list.size() < 2 || !plain || Set.copyOf(list).size() < list.size()) {
            return Optional.empty();
        }
        boolean range = list.size() == 2
                && list.get(0) instanceof Number low
                && list.get(1) instanceof Number high
                && low.doubleValue() < high.doubleValue();
        return Optional.of("is the same list in every trial; "
                + (range ? "for a range write { uniform: " + shown(list) + " }, " : "")
                + "for one of its values { choice: " + shown(list) + " }, for the list itself { constant: "
                + shown(list) + " }");
    }

    /** Katib and others list the parameters of a space. */
    static Optional<String> ofSpace(List<?> list) {
        boolean named = !list.isEmpty()
                && list.stream().allMatch(element -> element instanceof Map<?, ?> map && map.containsKey("name"));
        if (!named) {
            return Optional.empty();
        }
        Map<?, ?> first = (Map<?, ?>) list.get(0);
        String spelling = of(first)
                .map(told -> told.substring(told.indexOf('{'), told.indexOf('}') + 1))
                .orElse("{ uniform: [low, high] }");
        return Optional.of("a space is an object of parameters by name: space: { " + first.get("name") + ": " + spelling
                + ", ... }");
    }

    private static Optional<String> told(String spelling) {
        return Optional.of("a parameter is written { " + spelling + " } here" + AS_VALUE);
    }

    private static String range(Optional<String> kind, Object low, Object high, Object step, boolean logarithmic) {
        String name = kind.filter(known -> !known.equals("choice")).orElse("uniform");
        boolean normal = name.equals("normal");
        boolean log = logarithmic || name.equals("log") || name.equals("qlog");
        String q = isNumber(step) ? shown(step) : name.startsWith("q") || log && name.equals("uniformint") ? "1" : "";
        if (name.equals("uniformint") && (q.isEmpty() || q.equals("1")) && !log) {
            return "uniformint: [" + shown(low) + ", " + shown(high) + "]";
        }
        String keyword = normal ? "normal" : log ? "log" : "uniform";
        return (q.isEmpty() ? keyword : "q" + keyword) + ": [" + shown(low) + ", " + shown(high)
                + (q.isEmpty() ? "" : ", " + q) + "]";
    }

    private static boolean isLogarithmic(Map<String, Object> written) {
        Object log = first(written, LOG);
        return Boolean.TRUE.equals(log)
                || log instanceof String text && plain(text).startsWith("log");
    }

    private static Optional<String> kind(Object name) {
        return name instanceof String text ? Optional.ofNullable(KINDS.get(plain(text))) : Optional.empty();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    private static Map<String, Object> lowerCase(Map<?, ?> map) {
        Map<String, Object> lower = new HashMap<>();
        map.forEach((key, value) -> lower.put(String.valueOf(key).toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private static Object first(Map<String, Object> written, List<String> names) {
        return names.stream()
                .map(written::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<?> list(Map<String, Object> written, List<String> names) {
        return names.stream()
                .map(written::get)
                .filter(List.class::isInstance)
                .<List<?>>map(List.class::cast)
                .findFirst()
                .orElse(List.of());
    }

    /** Katib writes numbers as texts. */
    private static boolean isNumber(Object value) {
        return value instanceof Number
                || value instanceof String text && text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    }

    private static String shown(Object value) {
        String text = value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"))
                : String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}

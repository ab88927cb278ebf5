package io.trialstream.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * A declared search space: an object whose members are constants or Hyperopt expressions, nested to any depth, or one
 * expression.
 * Immutable and thread-safe.
 */
public final class SearchSpace {
    private final Map<?, ?> tree;
    private final String canonicalTree;
    private final GridPolicy grid;
    private final Expression root;
    private final List<Parameter> parameters;
    private final Map<String, Parameter> byLabel;

    private SearchSpace(Map<?, ?> tree, GridPolicy grid, Expression root, List<Parameter> parameters) {
        this.tree = tree;
        this.canonicalTree = CanonicalJson.write(tree);
        this.grid = grid;
        this.root = root;
        this.parameters = parameters;
        this.byLabel = new LinkedHashMap<>();
        parameters.forEach(parameter -> byLabel.put(parameter.label(), parameter));
    }

    /**
     * Reads a space from a tree of Map, List, String, Number, Boolean and null, as a YAML or JSON parser yields it. An
     * earlier release may have accepted it without limits: before anything is drawn from it, {@link #requireLimits} is to
     * be asked.
     *
     * @throws InvalidSpaceException with every problem found
     */
    public static SearchSpace read(Object tree, GridPolicy grid) {
        return read(tree, new SpaceReader(Objects.requireNonNull(grid, "grid"), false), grid);
    }

    /**
     * Reads a space that a person wrote. Refuses besides what other tools' users write by mistake, and a space without
     * a parameter, and numbers that are out of range ({@link #requireLimits}).
     *
     * @param warnings gets what is allowed but hardly meant
     * @throws InvalidSpaceException with every problem found
     */
    public static SearchSpace readWritten(Object tree, GridPolicy grid, Consumer<Problem> warnings) {
        SpaceReader reader = new SpaceReader(Objects.requireNonNull(grid, "grid"), true);
        SearchSpace space = read(tree, reader, grid);
        space.requireLimits();
        reader.warnings().forEach(warnings);
        return space;
    }

    private static SearchSpace read(Object tree, SpaceReader reader, GridPolicy grid) {
        Object named = SpaceReader.named(tree);
        Expression root = reader.readRoot(named);
        reader.requireParameter();
        reader.tellOfName(tree, named);
        if (!reader.problems().isEmpty()) {
            throw new InvalidSpaceException(reader.problems());
        }
        return new SearchSpace((Map<?, ?>) Trees.copy(named), grid, root, reader.parameters(root));
    }

    /** The names that every configuration's values have. */
    public Set<String> certainNames() {
        return root.certainNames();
    }

    /**
     * Refuses numbers that are out of range: bounds and deviations of which draws or densities would overflow, grids
     * beyond 2^53 multiples.
     *
     * @throws InvalidSpaceException with every such number, code {@code OUT_OF_RANGE}
     */
    public void requireLimits() {
        List<Problem> problems = parameters.stream()
                .flatMap(parameter -> Limits.problems(parameter).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSpaceException(problems);
        }
    }

    /**
     * The tree it was read from, unmodifiable: writing loses nothing. Where the whole space was one expression whose
     * values are no objects, the expression has got a name.
     */
    public Object toTree() {
        return tree;
    }

    /** How quantised distributions treat their bounds. */
    public GridPolicy grid() {
        return grid;
    }

    /** All parameters by the names of their places; a choice comes before what it gates. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The parameter with a label. */
    public Optional<Parameter> parameter(String label) {
        return Optional.ofNullable(byLabel.get(label));
    }

    /** Draws a configuration from the prior. */
    public Configuration sample(RandomGenerator random) {
        return draw(parameter -> parameter.distribution().sample(random));
    }

    /**
     * Walks the space from its root and asks for a number for each parameter that becomes active, a choice before what
     * it gates.
     *
     * @throws IllegalArgumentException if a number is not one the parameter accepts
     */
    public Configuration draw(ToDoubleFunction<Parameter> chooser) {
        return new Configuration(this, walk(parameter -> {
            double number = chooser.applyAsDouble(parameter);
            if (!parameter.distribution().accepts(number)) {
                throw new IllegalArgumentException(parameter.label() + " must be "
                        + parameter.distribution().describe() + ", not " + number);
            }
            return number;
        }));
    }

    /** The numbers of a walk from the root, each parameter asked for once; NaN where none was given. */
    private double[] walk(ToDoubleFunction<Parameter> chooser) {
        double[] numbers = new double[parameters.size()];
        Arrays.fill(numbers, Double.NaN);
        root.walk(index -> {
            if (Double.isNaN(numbers[index])) {
                Parameter parameter = parameters.get(index);
                double number = chooser.applyAsDouble(parameter);
                numbers[index] =
                        Double.isNaN(number) ? number : parameter.distribution().canonical(number);
            }
            return numbers[index];
        });
        return numbers;
    }

    /**
     * The configuration with these values: a tree like {@link Configuration#values}, choices resolved.
     *
     * @throws InvalidConfigurationException with every reason why there is none
     */
    public Configuration configuration(Object values) {
        ValueMatcher matcher = new ValueMatcher(parameters);
        List<Problem> problems = matcher.match(root, values, "values");
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return new Configuration(this, matcher.numbers());
    }

    /**
     * The configuration with this assignment: a number for exactly the active labels.
     *
     * @throws InvalidConfigurationException with every reason why there is none
     */
    public Configuration configuration(Assignment assignment) {
        List<Problem> problems = new ArrayList<>();
        double[] numbers = walk(parameter -> assigned(assignment, parameter, problems));
        for (String label : assignment.values().keySet()) {
            Parameter parameter = byLabel.get(label);
            if (parameter == null) {
                problems.add(new Problem("assignment." + label, "UNKNOWN_FIELD", "the space has no such label"));
            } else if (Double.isNaN(numbers[parameter.index()])
                    && problems.stream().noneMatch(p -> p.path().equals("assignment." + label))) {
                problems.add(new Problem("assignment." + label, "NOT_ACTIVE", "no choice leads to it here"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.stream().distinct().toList());
        }
        return new Configuration(this, numbers);
    }

    /**
     * What is left in this space of an assignment made in an earlier version of it: numbers that no longer fit, and
     * labels that are gone, are dropped, so that their parameters count as not active. For evidence only: a place
     * whose parameter was dropped has the value null.
     */
    public Configuration project(Assignment earlier) {
        return new Configuration(this, walk(parameter -> {
            double number = earlier.number(parameter.label()).orElse(Double.NaN);
            return parameter.distribution().accepts(number) ? number : Double.NaN;
        }));
    }

    private static double assigned(Assignment assignment, Parameter parameter, List<Problem> problems) {
        Double number = assignment.values().get(parameter.label());
        Distribution distribution = parameter.distribution();
        if (number != null && distribution.accepts(number)) {
            return number;
        }
        String path = "assignment." + parameter.label();
        problems.add(
                number == null
                        ? new Problem(path, "MISSING_FIELD", "is missing")
                        : new Problem(path, "OUT_OF_RANGE", "must be " + distribution.describe() + ", not " + number));
        return Double.NaN;
    }

    /** log of the prior density of a configuration: the sum over its active parameters. */
    public double logDensity(Configuration configuration) {
        double sum = 0;
        for (Parameter parameter : parameters) {
            if (configuration.isActive(parameter.index())) {
                sum += parameter.distribution().logDensity(configuration.number(parameter.index()));
            }
        }
        return sum;
    }

    /**
     * How many assignments there are; empty if there is no end to them. Where a label is shared between places that can
     * be active together, or two options give the same value, there are fewer configurations than that.
     */
    public Optional<BigInteger> cardinality() {
        return root.cardinality(parameters);
    }

    /**
     * The first configuration of a finite space that passes a test, going through all of them from a random place on;
     * empty if none does. In a space without end the prior is drawn from instead, a limited number of times.
     */
    public Optional<Configuration> firstWhere(RandomGenerator random, Predicate<Configuration> test) {
        return new Enumeration(this, random).firstWhere(test);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> resolve(double[] numbers) {
        return (Map<String, Object>) root.resolve(numbers, parameters);
    }

    /** Spaces are equal if their trees are the same JSON (5 is 5.0, members in any order) and their grids are. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof SearchSpace that && grid == that.grid && canonicalTree.equals(that.canonicalTree);
    }

    @Override
    public int hashCode() {
        return Objects.hash(canonicalTree, grid);
    }
}

package io.trialstream.contracts.study;

import io.trialstream.contracts.study.TreeReader.UnknownFields;
import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.InvalidConfigurationException;
import io.trialstream.space.InvalidSpaceException;
import io.trialstream.space.Problem;
import io.trialstream.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;

/** The tree form of a study, both ways. */
final class StudyFile {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,47}";
    private static final String DEFAULT_SAMPLER = "tree-tpe";
    private static final int MAX_TRIALS = 10_000_000;
    private static final int LONGEST_METRIC = 200;

    private StudyFile() {}

    /** Reads what a person wrote: strictly, and only what can be stored and read back. */
    static StudySpec readWritten(Map<String, Object> tree, Consumer<Problem> warnings) {
        requireStorable(tree);
        return read(tree, UnknownFields.REFUSED, warnings);
    }

    /** Reads what has been accepted once. */
    static StudySpec readMessage(Map<String, Object> tree) {
        return read(tree, UnknownFields.IGNORED, warning -> {});
    }

    private static void requireStorable(Map<?, ?> tree) {
        ProblemList problems = new ProblemList();
        if (tree != null) {
            StoredForm.check("", names(tree), 1, problem -> problems.add("", problem.code(), problem.message()));
            tree.forEach((field, value) ->
                    StoredForm.check(String.valueOf(field), value, StoredForm.MOST_LEVELS, problems::add));
        }
        problems.throwIfAny();
    }

    private static List<String> names(Map<?, ?> tree) {
        return tree.keySet().stream().map(String::valueOf).toList();
    }

    private static StudySpec read(Map<String, Object> tree, UnknownFields unknownFields, Consumer<Problem> warnings) {
        if (tree == null) {
            throw new InvalidStudyException(List.of(new Problem("", "MISSING_FIELD", "a study file is an object")));
        }
        ProblemList problems = new ProblemList();
        TreeReader file = new TreeReader("", tree, problems, unknownFields);
        String name = name(file);
        Objective objective = objective(file);
        TreeReader sampler = file.optionalObject("sampler");
        OptionalLong seed = sampler == null ? OptionalLong.empty() : sampler.optionalLong("seed");
        String samplerType = sampler == null ? DEFAULT_SAMPLER : sampler.optionalText("type", DEFAULT_SAMPLER);
        refusePruners(file);
        Budget budget = budget(file);
        OptionalInt concurrency = concurrency(file);
        String pool = pool(file);
        GridPolicy grid = GridPolicy.valueOf(file.optionalChoice("grid", "exact", List.of("exact", "hyperopt"))
                .toUpperCase(Locale.ROOT));
        TreeReader trainingTree = file.requiredObject("training");
        TrainingSettings training = trainingTree == null ? null : TrainingSettings.read(trainingTree);
        SearchSpace space = unknownFields == UnknownFields.IGNORED
                ? space(file, problems, written -> SearchSpace.read(written, grid))
                : writtenSpace(file, grid, problems, warnings);
        List<Configuration> enqueue =
                space == null ? List.of() : enqueued(file.optionalList("enqueue"), space, problems);
        file.get("enqueue");
        file.refuseUnknown();
        problems.throwIfAny();
        return new StudySpec(
                name,
                objective,
                samplerSettings(sampler, samplerType),
                seed,
                budget,
                concurrency,
                pool,
                training,
                enqueue,
                space,
                grid);
    }

    static Map<String, Object> write(StudySpec spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", spec.name());
        Map<String, Object> objective = new LinkedHashMap<>();
        objective.put("metric", spec.objective().metric());
        objective.put("direction", spec.objective().direction().name().toLowerCase(Locale.ROOT));
        tree.put("objective", objective);
        Map<String, Object> sampler = new LinkedHashMap<>(spec.sampler());
        spec.seed().ifPresent(seed -> sampler.put("seed", seed));
        tree.put("sampler", sampler);
        tree.put("budget", budget(spec.budget()));
        tree.put(
                "concurrency",
                spec.concurrency().isPresent() ? (Object) spec.concurrency().getAsInt() : "auto");
        tree.put("pool", spec.pool());
        tree.put("grid", spec.grid().name().toLowerCase(Locale.ROOT));
        tree.put("training", spec.training().toTree());
        tree.put("enqueue", spec.enqueue().stream().map(Configuration::values).toList());
        tree.put("space", spec.space().toTree());
        return tree;
    }

    /** Reads configurations that a user gives; problems name the list's element. */
    static List<Configuration> enqueued(List<?> trees, SearchSpace space, ProblemList problems) {
        List<Configuration> configurations = new ArrayList<>();
        if (trees.size() > StudySpec.MAX_ENQUEUED) {
            problems.add(
                    "enqueue",
                    "TOO_MANY",
                    "at most " + StudySpec.MAX_ENQUEUED + " configurations at once, got " + trees.size());
            return configurations;
        }
        for (int i = 0; i < trees.size(); i++) {
            try {
                StoredForm.check("enqueue[" + i + "]", trees.get(i), StoredForm.MOST_LEVELS, problems::add);
                configurations.add(space.configuration(trees.get(i)));
            } catch (InvalidConfigurationException e) {
                String element = "enqueue[" + i + "]";
                e.problems()
                        .forEach(problem -> problems.add(
                                problem.path().replaceFirst("^values", Matcher.quoteReplacement(element)),
                                problem.code(),
                                problem.message()));
            }
        }
        return configurations;
    }

    private static String name(TreeReader file) {
        String name = file.requiredText("name");
        if (name != null && !name.matches(NAME)) {
            file.problem(
                    "name",
                    "INVALID_FIELD",
                    "must be 1 to 48 letters, digits, '-' or '_' and begin with a letter or digit");
        }
        return name;
    }

    private static Objective objective(TreeReader file) {
        TreeReader objective = file.requiredObject("objective");
        if (objective == null) {
            return null;
        }
        String metric = objective.requiredText("metric");
        if (metric != null && metric.length() > LONGEST_METRIC) {
            objective.problem("metric", "INVALID_FIELD", "must be at most " + LONGEST_METRIC + " characters long");
        }
        String direction = objective.requiredChoice("direction", List.of("maximize", "minimize"));
        objective.refuseUnknown();
        return metric == null
                ? null
                : new Objective(metric, Objective.Direction.valueOf(direction.toUpperCase(Locale.ROOT)));
    }

    /** The sampler's own parameters are checked by the suggester, which knows the samplers. */
    private static Map<String, Object> samplerSettings(TreeReader sampler, String type) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("type", type);
        if (sampler != null) {
            sampler.all().forEach((key, value) -> settings.put(String.valueOf(key), value));
            settings.put("type", type);
            settings.remove("seed");
        }
        return Collections.unmodifiableMap(settings);
    }

    /** Pruning is decided by the suggester; until a pruner exists, a study that asks for one is refused. */
    private static void refusePruners(TreeReader file) {
        TreeReader pruner = file.optionalObject("pruner");
        if (pruner != null) {
            pruner.requiredChoice("type", List.of("none"));
            // What stands beside another type belongs to that type: one problem is enough.
            if ("none".equals(pruner.get("type"))) {
                pruner.refuseUnknown();
            }
        }
    }

    private static Budget budget(TreeReader file) {
        TreeReader budget = file.requiredObject("budget");
        if (budget == null) {
            return null;
        }
        Budget read = new Budget(
                budget.optionalInt("trials", 1, MAX_TRIALS),
                budget.optionalDuration("trainingTime"),
                budget.optionalInt("infeasible", 1, MAX_TRIALS),
                budget.optionalInt("failed", 1, MAX_TRIALS));
        budget.refuseUnknown();
        if (read.isOpen() && budget.get("trials") == null && budget.get("trainingTime") == null) {
            budget.problem("trials", "MISSING_FIELD", "a budget bounds trials, trainingTime or both");
        }
        return read;
    }

    private static Map<String, Object> budget(Budget budget) {
        Map<String, Object> tree = new LinkedHashMap<>();
        budget.trials().ifPresent(value -> tree.put("trials", value));
        budget.trainingTime().ifPresent(value -> tree.put("trainingTime", value.toString()));
        budget.infeasible().ifPresent(value -> tree.put("infeasible", value));
        budget.failed().ifPresent(value -> tree.put("failed", value));
        return tree;
    }

    private static OptionalInt concurrency(TreeReader file) {
        Object written = file.get("concurrency");
        if (written instanceof String && !"auto".equals(written)) {
            file.problem("concurrency", "INVALID_FIELD", "must be a whole number or 'auto', got '" + written + "'");
            return OptionalInt.empty();
        }
        return written instanceof String ? OptionalInt.empty() : file.optionalInt("concurrency", 1, 100_000);
    }

    private static String pool(TreeReader file) {
        String pool = file.optionalText("pool", "default");
        if (!pool.matches("[A-Za-z0-9_-]{1,48}")) {
            file.problem("pool", "INVALID_FIELD", "must be 1 to 48 letters, digits, '-' or '_', got '" + pool + "'");
        }
        return pool;
    }

    private static SearchSpace writtenSpace(
            TreeReader file, GridPolicy grid, ProblemList problems, Consumer<Problem> warnings) {
        SearchSpace space = space(file, problems, tree -> SearchSpace.readWritten(tree, grid, warnings));
        if (space != null) {
            int labels = space.parameters().stream()
                    .mapToInt(parameter -> parameter.label().length())
                    .sum();
            if (labels > StudySpec.MAX_LABELS) {
                problems.add(
                        "space",
                        "TOO_LARGE",
                        "its labels have " + labels + " characters, at most " + StudySpec.MAX_LABELS
                                + " are allowed: give shorter labels, or names");
            }
        }
        return space;
    }

    private static SearchSpace space(TreeReader file, ProblemList problems, Function<Object, SearchSpace> reading) {
        Object tree = file.required("space");
        if (tree == null) {
            return null;
        }
        try {
            SearchSpace space = reading.apply(tree);
            int parameters = space.parameters().size();
            if (parameters > StudySpec.MAX_PARAMETERS) {
                problems.add(
                        "space", "TOO_MANY", "at most " + StudySpec.MAX_PARAMETERS + " parameters, got " + parameters);
            }
            return space;
        } catch (InvalidSpaceException e) {
            problems.addAll(e.problems());
            return null;
        }
    }
}

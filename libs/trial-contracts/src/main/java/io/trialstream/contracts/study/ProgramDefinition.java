package io.trialstream.contracts.study;

import io.trialstream.contracts.study.TreeReader.UnknownFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program that trainers may start for a trial: what an operator says of it, in YAML or JSON.
 *
 * @param start how it is started
 * @param pass how the configuration reaches it
 * @param metrics where metrics are read that it does not report, by name; empty to look for them in its output
 * @param memoryMebibytes the most memory that it may take with all its child processes; empty for no limit
 */
public record ProgramDefinition(
        Start start, PassMode pass, Map<String, MetricSource> metrics, OptionalInt memoryMebibytes) {
    private static final int MAX_MEMORY_MEBIBYTES = 16 << 20;

    /** Copies the metrics. */
    public ProgramDefinition {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * How a program is started.
     *
     * @param command the words of its command line; {@code {run}} stands for the run's own directory
     * @param directory in which it is started
     * @param environment variables that it gets beside those of every program
     * @param passEnvironment variables of the trainer that it gets too
     * @param python the virtual environment that it runs in
     */
    public record Start(
            List<String> command,
            Path directory,
            Map<String, String> environment,
            List<String> passEnvironment,
            Optional<Path> python) {

        /** Copies, and makes the virtual environment's path absolute. */
        public Start {
            command = List.copyOf(command);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            passEnvironment = List.copyOf(passEnvironment);
            python = python.map(directory::resolve);
        }
    }

    /**
     * Reads a definition.
     *
     * @param name the program's, for messages
     * @param base what its directory is relative to, and the directory itself where it names none
     * @throws InvalidStudyException naming all that is wrong with it
     */
    public static ProgramDefinition read(String name, Map<?, ?> tree, Path base) {
        ProblemList problems = new ProblemList();
        if (!name.matches(ExecTraining.PROGRAM_PATTERN)) {
            problems.add(name, "INVALID_FIELD", "a program's name has letters, digits, - and _, at most 48");
        }
        TreeReader reader = new TreeReader(name, tree, problems, UnknownFields.REFUSED);
        ProgramDefinition definition = read(reader, base);
        problems.throwIfAny();
        return definition;
    }

    private static ProgramDefinition read(TreeReader tree, Path base) {
        List<String> command = command(tree);
        Path directory = base.resolve(tree.optionalText("directory", ".")).normalize();
        Map<String, String> environment = new LinkedHashMap<>();
        TreeReader variables = tree.optionalObject("environment");
        if (variables != null) {
            variables.all().forEach((key, value) -> environment.put(String.valueOf(key), String.valueOf(value)));
        }
        List<String> passed = tree.optionalList("passEnvironment").stream()
                .map(String::valueOf)
                .toList();
        Optional<Path> python =
                Optional.ofNullable(tree.optionalText("python", null)).map(Path::of);
        PassMode pass = PassMode.of(tree.optionalChoice("pass", PassMode.JSON.text(), PassMode.NAMES));
        Map<String, MetricSource> metrics = metrics(tree);
        OptionalInt memory = tree.optionalInt("memoryMebibytes", 1, MAX_MEMORY_MEBIBYTES);
        tree.refuseUnknown();
        return new ProgramDefinition(new Start(command, directory, environment, passed, python), pass, metrics, memory);
    }

    private static List<String> command(TreeReader tree) {
        Object command = tree.required("command");
        List<String> words = new ArrayList<>();
        if (command instanceof List<?> list) {
            list.forEach(word -> words.add(String.valueOf(word)));
        } else if (command instanceof String line) {
            try {
                words.addAll(CommandWords.of(line));
            } catch (IllegalArgumentException e) {
                tree.problem("command", "INVALID_FIELD", e.getMessage());
                return List.of();
            }
        } else if (command != null) {
            tree.problem("command", "INVALID_FIELD", "must be a command line, or a list of its words");
            return List.of();
        }
        if (command != null && words.isEmpty()) {
            tree.problem("command", "INVALID_FIELD", "is empty");
        }
        return words;
    }

    private static Map<String, MetricSource> metrics(TreeReader tree) {
        Map<String, MetricSource> metrics = new LinkedHashMap<>();
        TreeReader sources = tree.optionalObject("metrics");
        if (sources != null) {
            for (Object name : sources.all().keySet()) {
                TreeReader source = sources.optionalObject(String.valueOf(name));
                MetricSource read = source == null ? null : MetricSource.read(source);
                if (read != null) {
                    metrics.put(String.valueOf(name), read);
                }
            }
        }
        return metrics;
    }

    /** The form that {@link #read} takes. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("command", start.command());
        tree.put("directory", start.directory().toString());
        tree.put("environment", start.environment());
        tree.put("passEnvironment", start.passEnvironment());
        start.python().ifPresent(path -> tree.put("python", path.toString()));
        tree.put("pass", pass.text());
        Map<String, Object> sources = new LinkedHashMap<>();
        metrics.forEach((name, source) -> sources.put(name, source.toTree()));
        tree.put("metrics", sources);
        memoryMebibytes.ifPresent(limit -> tree.put("memoryMebibytes", limit));
        return tree;
    }
}

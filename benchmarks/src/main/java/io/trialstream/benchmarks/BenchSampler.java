package io.trialstream.benchmarks;

import io.trialstream.space.ProblemsException;
import io.trialstream.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench-sampler}. */
@Command(
        name = "bench-sampler",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares samplers by simulated studies with asynchronous workers; prints a Markdown table.")
public final class BenchSampler implements Callable<Integer> {
    private static final int EVALUATIONS = 100;

    @Option(names = "--table", paramLabel = "FILE", description = "CSV with key, v0.. and optionally mean")
    Path table;

    @Option(names = "--surrogate", paramLabel = "CMD", description = "command that answers one JSON line per question")
    String surrogate;

    @Option(
            names = "--function",
            paramLabel = "NAME",
            split = ",",
            description = "closed-form functions; 'all'; 'holdout'")
    List<String> functions = List.of();

    @Option(names = "--space", paramLabel = "FILE", description = "space of the table or surrogate, YAML or JSON")
    Path space;

    @Option(
            names = "--direction",
            paramLabel = "max|min",
            defaultValue = "max",
            description = "default: ${DEFAULT-VALUE}")
    String direction;

    @Option(names = "--best", paramLabel = "X", description = "best mean there is, for the regret of a surrogate")
    Double best;

    @Option(names = "--evals", paramLabel = "N", description = "evaluations of one study (default: 100)")
    Integer evaluations;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
    int seeds;

    @Option(
            names = "--workers",
            paramLabel = "W",
            split = ",",
            defaultValue = "1,8,32",
            description = "default: ${DEFAULT-VALUE}")
    List<Integer> workers;

    @Option(
            names = "--samplers",
            paramLabel = "TYPE[:SETTING=VALUE]",
            split = ",",
            defaultValue = "all",
            description = "default: ${DEFAULT-VALUE}")
    List<String> samplers;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
    int threads;

    @Option(names = "--json", paramLabel = "FILE", description = "also add every regret to this file")
    Path json;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    /** Starts the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command, for a caller that wants its exit code or output. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new BenchSampler());
        line.setParameterExceptionHandler((exception, arguments) -> {
            exception
                    .getCommandLine()
                    .getErr()
                    .println(oneLine(exception.getMessage()) + " (--help lists the options)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((exception, command, result) -> {
            command.getErr().println(oneLine(reason(exception)));
            return isInput(exception) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    /** What the user gave is at fault, rather than what happened then. */
    private static boolean isInput(Exception exception) {
        return exception instanceof IllegalArgumentException || exception instanceof ProblemsException;
    }

    private static String reason(Throwable exception) {
        String message = exception.getMessage() == null ? exception.getClass().getSimpleName() : exception.getMessage();
        Throwable cause = exception.getCause();
        return cause == null || message.contains(String.valueOf(cause.getMessage()))
                ? message
                : message + ": " + reason(cause);
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public Integer call() throws Exception {
        if (!direction.equals("max") && !direction.equals("min")) {
            throw new IllegalArgumentException("--direction must be max or min, not " + direction);
        }
        if (workers.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("--workers must be positive, not " + workers);
        }
        List<Objective> all = objectives();
        spec.commandLine().getOut().print(RegretTable.header());
        ResultFile results = json == null ? null : new ResultFile(json);
        for (Objective objective : all) {
            try {
                play(objective, results);
            } finally {
                if (objective instanceof AutoCloseable process) {
                    process.close();
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void play(Objective objective, ResultFile results) throws IOException {
        int budget = evaluations == null ? objective.evaluations() : evaluations;
        Tournament tournament = new Tournament(objective, budget, seeds, threads);
        for (int count : workers) {
            List<Sample> samples = new ArrayList<>();
            for (Contender contender : contenders()) {
                Sample sample = tournament.play(contender, count);
                samples.add(sample);
                if (results != null) {
                    results.add(objective.name(), budget, sample);
                }
            }
            spec.commandLine().getOut().print(RegretTable.rows(objective.name(), samples));
            spec.commandLine().getOut().flush();
        }
    }

    private List<Contender> contenders() {
        return (samplers.equals(List.of("all")) ? Contender.ALL : samplers)
                .stream().map(Contender::parse).toList();
    }

    private List<Objective> objectives() {
        List<Objective> objectives = new ArrayList<>();
        boolean maximise = direction.equals("max");
        if (table != null) {
            objectives.add(TableObjective.read(table, requiredSpace(), maximise, EVALUATIONS));
        }
        if (surrogate != null) {
            OptionalDouble known = best == null ? OptionalDouble.empty() : OptionalDouble.of(best);
            objectives.add(ExternalObjective.start(surrogate, requiredSpace(), maximise, EVALUATIONS, known));
        }
        functionNames().forEach(name -> objectives.add(Functions.named(name)));
        if (objectives.isEmpty()) {
            throw new IllegalArgumentException("nothing to optimise: give --table, --surrogate or --function");
        }
        return objectives;
    }

    private List<String> functionNames() {
        if (functions.equals(List.of("holdout"))) {
            return Functions.holdout();
        }
        return functions.equals(List.of("all")) ? Functions.names() : functions;
    }

    private SearchSpace requiredSpace() {
        if (space == null) {
            throw new IllegalArgumentException("--space is needed with --table and --surrogate");
        }
        return SpaceFile.read(space);
    }
}

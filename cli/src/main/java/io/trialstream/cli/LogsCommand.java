package io.trialstream.cli;

import io.trialstream.cli.client.ProblemException;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.stack.LocalStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the log of a process of the local stack, or of a trial. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show the log of a process of the local stack, or that of a trial's run.")
final class LogsCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 404;

    private final Session session;

    @Parameters(
            paramLabel = "SERVICE|TRIAL",
            description =
                    "broker, database, suggester, results or a trainer such as trainer-1; or a trial, STUDY:NUMBER"
                            + " or only the number within the newest study.")
    private String source;

    @Option(
            names = {"-f", "--follow"},
            description = "Follow the log as it grows; a trial's until it ends.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "Only the last N lines (default: 100 of a process, all of a trial).")
    private Integer lines;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "The run of the trial (default: the one whose result counts, else the newest).")
    private String run;

    @Mixin
    private Server server;

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (lines != null && lines < 0) {
            throw new CommandException("--lines must not be negative, got " + lines, ExitCodes.USAGE);
        }
        if (source.matches("#?\\d+|.+:#?\\d+")) {
            showTrial();
        } else {
            showService();
        }
        return 0;
    }

    private void showService() throws InterruptedException {
        LocalStack stack = server.directory().runningStack(session);
        List<String> known = stack.directory().logs();
        if (!known.contains(source)) {
            throw new CommandException("no log '" + source + "' in "
                    + stack.directory().root()
                    + (known.isEmpty()
                            ? "; is it the right directory? see --data-dir"
                            : "; known logs: " + String.join(", ", known)));
        }
        Path file = stack.directory().log(source);
        LogFile log = new LogFile(file);
        session.terminal().lines(log.last(lines == null ? 100 : lines));
        while (follow) {
            session.pause();
            session.terminal().lines(log.more());
        }
    }

    private void showTrial() throws InterruptedException {
        TrialstreamClient client = server.client(session);
        String trialId = Server.trialId(client, source);
        LogText shown = new LogText(lines == null ? Integer.MAX_VALUE : lines);
        boolean ended;
        do {
            Runs runs = Runs.of(client.trialDocument(trialId));
            ended = runs.ended();
            Optional<String> chosen = run == null ? runs.preferred(runs.newestFirst()) : Optional.of(run);
            Optional<String> text = chosen.flatMap(id -> log(client, trialId, id));
            if (text.isPresent()) {
                session.terminal().lines(shown.more(chosen.get(), text.get()));
            } else if (!follow) {
                throw new CommandException(trialId + " has no log yet; a run stores it at its checkpoints and at its"
                        + " end. What the trainer writes meanwhile: trialstream logs trainer-1");
            }
            if (follow && !ended) {
                session.pause();
            }
        } while (follow && !ended);
    }

    private static Optional<String> log(TrialstreamClient client, String trialId, String run) {
        try {
            return Optional.of(client.runLog(trialId, run));
        } catch (ProblemException e) {
            if (e.problem().status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

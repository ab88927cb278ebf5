package io.trialstream.cli;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.view.Terminal;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code trialstream} command. */
@Command(
        name = "trialstream",
        description = "Event-driven hyperparameter search: a local stack of it, and a client.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the reason is on standard error",
            "2:usage error; the usage is on standard error",
            "3:the study that was waited for failed, or ended without a completed trial"
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ScaleCommand.class,
            StudyCommand.class,
            TrialCommand.class,
            LeaderboardCommand.class,
            WatchCommand.class,
            EnqueueCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            ArtifactsCommand.class,
            LogsCommand.class,
            NetworkCommand.class,
            DeadLettersCommand.class,
            VerifyCommand.class,
            CompletionCommand.class
        })
public final class Trialstream {
    /** What a Kafka client logs is none of a command's output: what fails is said by the command. Held, or it is forgotten. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private final Session session;

    private Trialstream(Session session) {
        this.session = session;
    }

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print only the result: no progress, no hints.")
    private void beQuiet(boolean quiet) {
        if (quiet) {
            session.terminal().beQuiet();
        }
    }

    /** Runs one command and exits with its exit code. */
    public static void main(String[] arguments) {
        KAFKA.setLevel(Level.OFF);
        System.exit(commandLine(new Session(Terminal.ofThisProcess(), Installation.own()))
                .execute(arguments));
    }

    static CommandLine commandLine(Session session) {
        Ansi ansi = session.terminal().screen().colours() ? Ansi.ON : Ansi.OFF;
        return new CommandLine(new Trialstream(session), new Commands(session))
                .setExecutionExceptionHandler(new Failures())
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.max(80, Math.min(session.terminal().columns(), 120)));
    }
}

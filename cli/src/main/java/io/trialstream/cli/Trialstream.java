package io.trialstream.cli;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.view.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code trialstream} command. */
@Command(
        name = "trialstream",
        description = "Event-driven hyperparameter search: a local stack of it, and a client.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
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
            ImportCommand.class,
            ExportCommand.class,
            DeadLettersCommand.class
        })
public final class Trialstream {

    private Trialstream() {}

    /** Runs one command; exits with 0, with 1 where it failed, with 2 on wrong use. */
    public static void main(String[] arguments) {
        System.exit(commandLine(new Session(Terminal.ofThisProcess(), Installation.own()))
                .execute(arguments));
    }

    static CommandLine commandLine(Session session) {
        return new CommandLine(new Trialstream(), new Commands(session))
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.max(80, Math.min(session.terminal().columns(), 120)));
    }
}

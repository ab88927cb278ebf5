package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.view.StackTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes how many of something run. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = "Change how many trainers run.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ScaleCommand.Trainers.class)
final class ScaleCommand {

    /** Starts or drains trainers. */
    @Command(
            name = "trainers",
            mixinStandardHelpOptions = true,
            description = "Start or drain trainers until N run. The newest go first; they finish their epoch, and "
                    + "their trials continue on other trainers.")
    static final class Trainers implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "N", description = "Number of trainers.")
        private int wanted;

        @Mixin
        private DataDirectory directory;

        Trainers(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            LocalStack stack = directory.runningStack(session);
            stack.scaleTrainers(wanted);
            session.terminal()
                    .lines(StackTable.lines(stack.status(), session.terminal().screen()));
            return 0;
        }
    }
}

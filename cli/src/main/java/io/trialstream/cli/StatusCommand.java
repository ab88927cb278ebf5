package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.view.StackTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what runs. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Say what runs, where, and where its logs are. Exits with 1 when nothing runs.")
final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DataDirectory directory;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        LocalStack stack = directory.runningStack(session);
        session.terminal().line("Trialstream in " + stack.directory().root());
        session.terminal()
                .lines(StackTable.lines(stack.state(), session.terminal().columns()));
        if (!stack.isRunning()) {
            return 1;
        }
        session.terminal().line("logs: " + stack.directory().root().resolve("logs"));
        return 0;
    }
}

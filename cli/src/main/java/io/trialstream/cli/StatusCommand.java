package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.view.StackDocument;
import io.trialstream.cli.view.StackTable;
import java.util.ArrayList;
import java.util.List;
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
    private JsonOption json;

    @Mixin
    private DataDirectory directory;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        LocalStack stack = directory.runningStack(session);
        json.show(session, StackDocument.of(stack), () -> text(stack));
        return stack.isRunning() ? 0 : ExitCodes.FAILURE;
    }

    private List<String> text(LocalStack stack) {
        List<String> lines = new ArrayList<>();
        lines.add("Trialstream in " + stack.directory().root());
        lines.addAll(StackTable.lines(stack.state(), session.terminal().screen()));
        if (stack.isRunning()) {
            lines.add("logs: " + stack.directory().root().resolve("logs"));
        }
        return lines;
    }
}

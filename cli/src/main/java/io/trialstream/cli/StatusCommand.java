package io.trialstream.cli;

import io.trialstream.cli.client.ProblemException;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.client.UnexpectedAnswerException;
import io.trialstream.cli.client.UnreachableException;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackStatus;
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
        description = "Show what runs, where, and where its logs are. Exits with 1 if nothing runs.")
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
        StackStatus status = stack.status();
        json.show(session, StackDocument.of(stack, status), () -> text(stack, status));
        return status.isRunning() ? 0 : ExitCodes.FAILURE;
    }

    private List<String> text(LocalStack stack, StackStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add("Trialstream in " + stack.directory().root());
        lines.addAll(StackTable.lines(status, session.terminal().screen()));
        if (status.isRunning()) {
            gaps(stack).forEach(gap -> lines.add("missing: " + gap));
            lines.add("logs: " + stack.directory().root().resolve("logs"));
        }
        return lines;
    }

    /** What results says is gone from the topics; it may not answer, which the table shows. */
    private List<String> gaps(LocalStack stack) {
        try {
            return stack.url()
                    .map(url -> new TrialstreamClient(url, Server.apiKey()).gaps())
                    .orElse(List.of());
        } catch (UnreachableException | ProblemException | UnexpectedAnswerException e) {
            return List.of();
        }
    }
}

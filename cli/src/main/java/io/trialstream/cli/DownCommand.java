package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the local stack. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop the local stack. Its data is kept; 'up' continues with it.")
final class DownCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DataDirectory directory;

    DownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        LocalStack stack = directory.runningStack(session);
        boolean ran = stack.shutDown();
        session.terminal()
                .line((ran ? "ended the stack in " : "nothing ran in ")
                        + stack.directory().root());
        return 0;
    }
}

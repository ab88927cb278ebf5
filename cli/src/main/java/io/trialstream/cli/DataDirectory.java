package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says in which directory a stack lives. */
final class DataDirectory {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The stack's directory (default: .trialstream in the project's).")
    private Path directory;

    /** Answers the stack that is meant: of the directory given, else of the default one. */
    LocalStack stack(Session session) {
        return session.stackIn(directory == null ? session.installation().stacks() : directory);
    }

    /** Answers the stack that is meant: of the directory given, else of one in which something runs. */
    LocalStack runningStack(Session session) {
        return directory == null ? Stacks.running(session).orElseGet(() -> stack(session)) : stack(session);
    }
}

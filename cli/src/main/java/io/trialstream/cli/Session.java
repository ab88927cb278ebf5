package io.trialstream.cli;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackDirectory;
import io.trialstream.cli.view.Terminal;
import java.nio.file.Path;

/** What every command is given: where to write, and which installation it belongs to. */
record Session(Terminal terminal, Installation installation) {

    /** Answers the stack in that directory; what happens to it is told on the terminal. */
    LocalStack stackIn(Path directory) {
        return new LocalStack(new StackDirectory(directory), installation, terminal::line);
    }
}

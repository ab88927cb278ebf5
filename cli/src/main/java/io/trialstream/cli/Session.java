package io.trialstream.cli;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackDirectory;
import io.trialstream.cli.view.Terminal;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What every command is given.
 *
 * @param terminal where to write
 * @param installation which installation it belongs to
 * @param lookEvery how long a command that follows something waits between two looks
 */
record Session(Terminal terminal, Installation installation, Duration lookEvery) {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    Session(Terminal terminal, Installation installation) {
        this(terminal, installation, LOOK_EVERY);
    }

    /** Waits until it is time to look again. */
    void pause() throws InterruptedException {
        Thread.sleep(lookEvery.toMillis());
    }

    /** Answers the stack in that directory; what happens to it is told on the terminal. */
    LocalStack stackIn(Path directory) {
        return new LocalStack(new StackDirectory(directory), installation, terminal::note);
    }
}

package io.trialstream.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The keeper of a stack as a process in the background.
 *
 * <p>The command that starts it reads the progress from its standard output, which ends when the stack serves, and
 * holds its standard input open: should the command be killed before, the keeper ends what it has started. Afterwards
 * the keeper lives until it is told to end, or until the state says that the stack is to.
 */
final class KeeperMain {
    /** Begins each line of the reason for a failure, for the command that started the keeper. */
    static final String FAILURE = "! ";

    private final KeeperArguments arguments;
    private final AtomicBoolean serves = new AtomicBoolean();

    private KeeperMain(KeeperArguments arguments) {
        this.arguments = arguments;
    }

    /** Keeps a stack until it is to end; exits with 1 when it could not be started. */
    public static void main(String[] arguments) {
        System.exit(new KeeperMain(KeeperArguments.parse(arguments)).run());
    }

    private int run() {
        LocalStack stack = new LocalStack(arguments.directory(), arguments.installation(), this::narrate);
        try {
            Optional<StackKeeper> kept = arguments.settings().isPresent() ? stack.tryKeep(false) : stack.tryAdopt();
            kept.ifPresent(this::keep);
            return 0;
        } catch (StackException failure) {
            failure.getMessage().lines().forEach(line -> narrate(FAILURE + line));
            return 1;
        } catch (RuntimeException unforeseen) {
            unforeseen.printStackTrace();
            narrate(FAILURE + unforeseen + "; see " + arguments.directory().log(BackgroundKeeper.NAME));
            return 1;
        }
    }

    /** The hook ends the stack, whatever ends this process: a signal, a failed start, a stack that is to end. */
    private void keep(StackKeeper keeper) {
        Runtime.getRuntime().addShutdownHook(new Thread(keeper::close, "stack-end"));
        arguments.settings().ifPresent(settings -> {
            endWithTheCommand();
            keeper.start(settings);
        });
        serves.set(true);
        System.out.close();
        keeper.supervise();
    }

    private void endWithTheCommand() {
        Thread thread = new Thread(this::awaitEndOfTheCommand, "command-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitEndOfTheCommand() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent.
            }
        } catch (IOException gone) {
            // The same as its end.
        }
        if (!serves.get()) {
            narrate("the command that was starting the stack has ended");
            System.exit(1);
        }
    }

    private synchronized void narrate(String line) {
        System.out.println(line);
        System.out.flush();
        String dated = LocalDateTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + line + "\n";
        try {
            Files.writeString(
                    arguments.directory().log(BackgroundKeeper.NAME),
                    dated,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException full) {
            // Whoever asks for the stack's state is told that the disk is.
        }
    }
}

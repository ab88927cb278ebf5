package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackKeeper;
import io.trialstream.cli.stack.StackSettings;
import io.trialstream.cli.view.Terminal;
import java.util.Optional;

/**
 * A stack that this command keeps: when the command ends, by Ctrl-C or otherwise, the stack is ended in order first.
 */
final class KeptStack implements AutoCloseable {
    private final StackKeeper keeper;
    private final Thread supervision;
    private final Thread hook;

    private KeptStack(StackKeeper keeper, Terminal terminal) {
        this.keeper = keeper;
        this.supervision = new Thread(keeper::supervise, "stack-supervision");
        this.supervision.setDaemon(true);
        this.hook = new Thread(() -> endAfterSignal(terminal), "stack-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts the stack and waits until it serves; empty when it runs already. */
    static Optional<KeptStack> start(LocalStack stack, StackSettings settings, Terminal terminal) {
        Optional<KeptStack> kept = stack.tryKeep(true).map(keeper -> new KeptStack(keeper, terminal));
        kept.ifPresent(starting -> starting.start(settings));
        return kept;
    }

    private void start(StackSettings settings) {
        try {
            keeper.start(settings);
            supervision.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Waits until nothing of the stack is left to care for, or somebody else has it ended. */
    void awaitEnd() throws InterruptedException {
        supervision.join();
    }

    /** Ends the stack in order. */
    @Override
    public void close() {
        releaseHook();
        keeper.close();
    }

    /**
     * The command itself is still at work in its own thread; what it says about its progress would only confuse now.
     */
    private void endAfterSignal(Terminal terminal) {
        terminal.endStatusForGood();
        keeper.close();
    }

    private void releaseHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException jvmIsEnding) {
            // The hook does it. Whoever came here must not go on and report the end as a failure.
            awaitEndOfJvm();
        }
    }

    private static void awaitEndOfJvm() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

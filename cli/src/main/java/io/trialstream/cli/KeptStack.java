package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackSettings;
import io.trialstream.cli.view.Terminal;
import io.trialstream.infrastructure.DirectoryLock;
import java.util.Optional;

/**
 * A stack that this command keeps: when the command ends, by Ctrl-C or otherwise, the stack is ended in order first.
 */
final class KeptStack implements AutoCloseable {
    private final LocalStack stack;
    private final DirectoryLock lock;
    private final Thread hook;

    private KeptStack(LocalStack stack, DirectoryLock lock, Terminal terminal) {
        this.stack = stack;
        this.lock = lock;
        this.hook = new Thread(() -> endAfterSignal(terminal), "stack-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts the stack and waits until it serves; empty when it runs already. */
    static Optional<KeptStack> start(LocalStack stack, StackSettings settings, Terminal terminal) {
        Optional<KeptStack> kept = stack.tryBecomeKeeper().map(lock -> new KeptStack(stack, lock, terminal));
        kept.ifPresent(starting -> starting.start(settings));
        return kept;
    }

    private void start(StackSettings settings) {
        try {
            stack.start(settings);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Ends this command's care: the stack goes on without it. */
    void detach() {
        stack.detach();
        releaseHook();
        lock.close();
    }

    /** Ends the stack in order. */
    @Override
    public void close() {
        releaseHook();
        end();
    }

    /**
     * The command itself is still at work in its own thread; what it says about its progress would only confuse now.
     */
    private void endAfterSignal(Terminal terminal) {
        terminal.endStatusForGood();
        end();
    }

    private void end() {
        stack.stop();
        lock.close();
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

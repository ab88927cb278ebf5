package io.trialstream.infrastructure;

/**
 * Runs an action once: when asked, or else when this JVM ends. Whoever asks while it runs waits for its end, so that
 * the JVM does not halt in the middle of it.
 */
final class OneTimeClose {
    private final Runnable action;
    private final Thread hook;
    private volatile boolean begun;

    OneTimeClose(String name, Runnable action) {
        this.action = action;
        this.hook = new Thread(this::runOnce, name + "-closer");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void run() {
        runOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException jvmIsEnding) {
            // The hook then finds it done.
        }
    }

    /** Whether it was asked to run, finished or not. */
    boolean isBegun() {
        return begun;
    }

    private synchronized void runOnce() {
        if (!begun) {
            begun = true;
            action.run();
        }
    }
}

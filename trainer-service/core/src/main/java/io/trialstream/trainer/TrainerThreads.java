package io.trialstream.trainer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** The threads of a trainer, whose failure is never silent. Thread-safe. */
final class TrainerThreads {
    private final BiConsumer<String, Throwable> onFailure;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failed = new AtomicBoolean();

    /** Calls {@code onFailure} with a thread's name and what it threw, on that thread. */
    TrainerThreads(BiConsumer<String, Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    /** Runs the task on a new daemon thread. */
    void start(String name, Runnable task) {
        Thread thread = new Thread(() -> runOrFail(name, task), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Waits for the threads whose names begin so, at most this long in all. */
    void join(String prefix, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (Thread thread : threads) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (thread.getName().startsWith(prefix) && left > 0) {
                try {
                    thread.join(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** Whether no thread has failed. */
    boolean allAlive() {
        return !failed.get();
    }

    /** Lets time pass on the calling thread. */
    void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    private void runOrFail(String name, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failed.set(true);
            onFailure.accept(name, e);
        }
    }
}

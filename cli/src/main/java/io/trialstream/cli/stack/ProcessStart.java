package io.trialstream.cli.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Starts processes by their plans and waits until they serve. */
final class ProcessStart {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(400);

    private final StackDirectory directory;
    private final StateFile state;
    private final Consumer<String> narrator;

    private boolean cancelled;

    ProcessStart(StackDirectory directory, StateFile state, Consumer<String> narrator) {
        this.directory = directory;
        this.state = state;
        this.narrator = narrator;
    }

    /** Starts all of {@code plans} and waits until all serve; throws when one ends or does not serve in time. */
    void startAndAwait(List<ProcessPlan> plans) {
        long started = System.nanoTime();
        Map<ProcessPlan, StackProcess> pending = new LinkedHashMap<>();
        plans.forEach(plan -> pending.put(plan, start(plan)));
        while (!pending.isEmpty()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            pending.entrySet().removeIf(process -> isReady(process.getKey(), process.getValue(), waited));
            if (!pending.isEmpty()) {
                Pause.of(LOOK);
            }
        }
    }

    /** Starts nothing more; answers when no start is under way. */
    synchronized void cancel() {
        cancelled = true;
    }

    private synchronized StackProcess start(ProcessPlan plan) {
        if (cancelled) {
            throw new StackException("the stack is being stopped");
        }
        try {
            Files.deleteIfExists(directory.ready(plan.name()));
            ProcessBuilder builder = new ProcessBuilder(OwnSession.wrap(plan.command()))
                    .directory(directory.root().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File(nullDevice())))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.log(plan.name()).toFile()));
            builder.environment().putAll(plan.environment());
            ProcessIdentity identity = ProcessIdentity.of(builder.start().toHandle());
            StackProcess process = new StackProcess(plan.name(), plan.role(), identity, plan.address(), false);
            state.change(stack -> stack.with(process));
            return process;
        } catch (IOException e) {
            throw new StackException("cannot start " + plan.name() + ": " + e.getMessage(), e);
        }
    }

    private boolean isReady(ProcessPlan plan, StackProcess process, Duration waited) {
        if (plan.readiness().isReady()) {
            narrator.accept(String.format(
                    Locale.ROOT,
                    "%-11s %-48s ready after %.1f s",
                    plan.name(),
                    plan.address(),
                    waited.toMillis() / 1e3));
            return true;
        }
        if (!process.isAlive()) {
            throw failure(plan, "ended before it was ready");
        }
        if (waited.compareTo(LIMIT) > 0) {
            throw failure(plan, "was not ready after " + waited.toSeconds() + " s");
        }
        return false;
    }

    private StackException failure(ProcessPlan plan, String what) {
        if (isCancelled()) {
            return new StackException("the stack is being stopped");
        }
        return new StackException(plan.name() + " " + what + "; the end of " + directory.log(plan.name()) + ":\n"
                + String.join("\n", directory.logTail(plan.name())));
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private static String nullDevice() {
        return File.separatorChar == '\\' ? "NUL" : "/dev/null";
    }
}

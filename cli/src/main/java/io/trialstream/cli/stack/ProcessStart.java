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
import java.util.function.UnaryOperator;

/**
 * Starts processes by their plans and waits until they serve.
 *
 * <p>A process is written down before it is started, so that a full disk is noticed before and not after, and its pid
 * at once afterwards. One that cannot be written down is ended: nothing runs that nobody knows of.
 */
final class ProcessStart {
    static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final StackDirectory directory;
    private final StateFile state;
    private final Watched watched;
    private final Consumer<String> narrator;

    private boolean cancelled;

    ProcessStart(StackDirectory directory, StateFile state, Watched watched, Consumer<String> narrator) {
        this.directory = directory;
        this.state = state;
        this.watched = watched;
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

    /** Starts one process and does not wait for it. */
    synchronized StackProcess start(ProcessPlan plan) {
        requireNotCancelled();
        writeDown(stack -> stack.with(stack.process(plan.name())
                .orElse(StackProcess.wanted(plan.name(), plan.role()))
                .starting(plan.address())));
        Process child = spawn(plan);
        try {
            ProcessIdentity identity = ProcessIdentity.of(child.toHandle());
            writeDown(stack -> stack.with(stack.process(plan.name())
                    .orElseThrow(() -> new StackException(plan.name() + " is no longer wanted"))
                    .startedAs(identity)));
            watched.add(child);
            return state.read().flatMap(stack -> stack.process(plan.name())).orElseThrow();
        } catch (RuntimeException notWrittenDown) {
            child.destroyForcibly();
            throw notWrittenDown;
        }
    }

    private void requireNotCancelled() {
        if (cancelled) {
            throw new StackException("the stack is being stopped");
        }
    }

    /** Whoever has written down that the stack is to end, ends it as it is then: nothing may be added any more. */
    private void writeDown(UnaryOperator<StackState> change) {
        boolean written = state.change(stack -> {
            if (stack.phase() == Phase.STOPPING || stack.phase() == Phase.STOPPED) {
                throw new StackException("the stack is being stopped");
            }
            return change.apply(stack);
        });
        if (!written) {
            throw new StackException("the state of the stack in " + directory.root() + " has been deleted");
        }
    }

    private Process spawn(ProcessPlan plan) {
        try {
            Files.deleteIfExists(directory.ready(plan.name()));
            ProcessBuilder builder = new ProcessBuilder(OwnSession.wrap(plan.command()))
                    .directory(directory.root().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File(nullDevice())))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.log(plan.name()).toFile()));
            builder.environment().putAll(plan.environment());
            return builder.start();
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
        if (!watched.isAlive(process)) {
            throw failure(
                    plan,
                    "ended before it was ready: "
                            + WhyEnded.of(watched.exitCode(process), directory.logTail(plan.name())));
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
        String full =
                DiskSpace.lackToGoOn(directory.root()).map(lack -> lack + "; ").orElse("");
        return new StackException(full + plan.name() + " " + what
                + "\nthe processes that had started are stopped; fix the cause and try again; its log: "
                + directory.log(plan.name()));
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private static String nullDevice() {
        return File.separatorChar == '\\' ? "NUL" : "/dev/null";
    }
}

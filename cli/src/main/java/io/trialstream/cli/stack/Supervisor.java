package io.trialstream.cli.stack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Makes a running stack what its written-down state says it is: starts what is wanted and does not run, again and again
 * with growing pauses; ends what is to leave. Everybody else only changes the state, so that no two start the same.
 *
 * <p>For use by one thread, the keeper's.
 */
final class Supervisor {
    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration LOOK_WHILE_STUCK = Duration.ofSeconds(5);

    private final StackDirectory directory;
    private final StateFile state;
    private final Watched watched;
    private final ProcessStart start;
    private final BiFunction<StackProcess, StackState, ProcessPlan> planning;
    private final Clock clock;
    private final Consumer<String> narrator;
    private final Map<ProcessIdentity, Instant> told = new HashMap<>();

    private String lastTrouble = "";

    /** {@code planning} says how a process is started again; it throws where that cannot be done now. */
    Supervisor(
            StackDirectory directory,
            StateFile state,
            Watched watched,
            ProcessStart start,
            BiFunction<StackProcess, StackState, ProcessPlan> planning,
            Clock clock,
            Consumer<String> narrator) {
        this.directory = directory;
        this.state = state;
        this.watched = watched;
        this.start = start;
        this.planning = planning;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Returns when the stack is to end, or when nothing of it is left to care for. */
    void run() {
        while (true) {
            Duration pause = LOOK;
            try {
                Optional<StackState> stack = state.read();
                if (stack.isEmpty() || stack.get().phase() != Phase.RUNNING || isOver(stack.get())) {
                    return;
                }
                look(stack.get());
                lastTrouble = "";
            } catch (RuntimeException trouble) {
                // What cannot be written down is not done either; most likely the disk is full, and that can pass.
                tellOnce(String.valueOf(trouble.getMessage()));
                pause = LOOK_WHILE_STUCK;
            }
            Pause.of(pause);
        }
    }

    private boolean isOver(StackState stack) {
        return stack.attached()
                && stack.processes().stream()
                        .allMatch(process ->
                                !watched.isAlive(process) && (process.restarts().givenUp() || process.leaving()));
    }

    private void tellOnce(String trouble) {
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            narrator.accept(trouble);
        }
    }

    /** Does what is to be done now. */
    void look(StackState stack) {
        Instant now = clock.instant();
        for (StackProcess process : stack.processes()) {
            switch (Step.next(process, watched.isAlive(process), now)) {
                case NOTHING -> {}
                case NOTE_END -> noteEnd(process);
                case START -> startAgain(process, stack);
                case SETTLE -> change(process.name(), process::equals, Restarts::settled);
                case TELL_TO_END -> tellToEnd(process, now);
                case FORGET -> forget(process);
            }
        }
    }

    private void noteEnd(StackProcess process) {
        String why = lack().map(lack -> lack + "; ").orElse("")
                + WhyEnded.of(watched.exitCode(process), directory.logTail(process.name()));
        // Unless somebody has asked for it meanwhile.
        noteEnd(process.name(), process::equals, "has ended unexpectedly: " + why);
        watched.forget(process);
    }

    private void noteEnd(String name, Predicate<StackProcess> condition, String what) {
        change(name, condition, restarts -> restarts.ended(what, clock.instant()))
                .map(StackProcess::restarts)
                .ifPresent(ended -> {
                    narrator.accept(name + " " + what);
                    narrator.accept(
                            ended.givenUp()
                                    ? name + " is not restarted after " + Restarts.LIMIT
                                            + " attempts; fix the cause and run: trialstream up"
                                    : name + " restarts in "
                                            + Restarts.pauseBefore(ended.inARow())
                                                    .toSeconds() + " s; its log: "
                                            + directory.log(name));
                });
    }

    /** Broker and database come first: a service that does not find them ends, and would use up its attempts. */
    private void startAgain(StackProcess process, StackState stack) {
        if (!process.isInfrastructure() && !infrastructureServes(stack)) {
            return;
        }
        Optional<String> lack = lack();
        if (lack.isPresent()) {
            tellOnce(process.name() + " waits: " + lack.get());
            change(process.name(), any -> true, restarts -> restarts.postponed(lack.get(), clock.instant()));
            return;
        }
        try {
            endUnrecorded(process);
            StackProcess started = start.start(planning.apply(process, stack));
            narrator.accept(
                    process.name() + " is started (pid " + started.identity().pid() + ")");
        } catch (StackException notNow) {
            if (isRunning()) {
                noteEnd(process.name(), any -> true, "cannot be started: " + notNow.getMessage());
            }
        }
    }

    private boolean isRunning() {
        return state.read().map(StackState::phase).filter(Phase.RUNNING::equals).isPresent();
    }

    private boolean infrastructureServes(StackState stack) {
        return stack.processes().stream()
                .filter(StackProcess::isInfrastructure)
                .allMatch(process -> watched.isAlive(process)
                        && Readiness.file(directory.ready(process.name())).isReady());
    }

    /** One that was started a moment before its keeper was killed, and was never written down. */
    private void endUnrecorded(StackProcess process) {
        StackMark.find(directory).stream()
                .filter(marked -> marked.name().equals(process.name()))
                .forEach(marked -> new ProcessEnd(narrator).end(List.of(marked)));
    }

    private void tellToEnd(StackProcess process, Instant now) {
        Optional<ProcessHandle> living = watched.living(process);
        Instant since = told.get(process.identity());
        if (since == null) {
            told.put(process.identity(), now);
            living.ifPresent(ProcessHandle::destroy);
        } else if (now.isAfter(since.plus(process.role().patience()))) {
            living.ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void forget(StackProcess process) {
        state.change(
                stack -> stack.process(process.name()).filter(process::equals).isPresent()
                        ? stack.without(process.name())
                        : stack);
        watched.forget(process);
        told.remove(process.identity());
    }

    /** Changes what is known of a process and answers it as it is then, unless it is to leave or to be otherwise. */
    private Optional<StackProcess> change(
            String name, Predicate<StackProcess> condition, UnaryOperator<Restarts> changed) {
        AtomicReference<StackProcess> after = new AtomicReference<>();
        state.change(stack -> {
            Optional<StackProcess> process = stack.process(name).filter(condition.and(staying -> !staying.leaving()));
            process.map(same -> same.with(changed.apply(same.restarts()))).ifPresent(after::set);
            return after.get() == null ? stack : stack.with(after.get());
        });
        return Optional.ofNullable(after.get());
    }

    private Optional<String> lack() {
        return DiskSpace.lackToGoOn(directory.root());
    }
}

package io.trialstream.cli.stack;

import io.trialstream.infrastructure.DirectoryLock;
import io.trialstream.infrastructure.EmbeddedDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The process that a stack belongs to, as long as that process lives: it starts the stack, starts again what ends, and
 * ends it. It holds the directory's lock, so that there is one keeper at a time.
 *
 * <p>The keeper is either the command of a user, with which the stack ends, or a small process in the background.
 */
public final class StackKeeper implements AutoCloseable {
    private final StackDirectory directory;
    private final Installation installation;
    private final DirectoryLock lock;
    private final boolean attached;
    private final Consumer<String> narrator;
    private final StateFile state;
    private final StackPorts ports;
    private final Watched watched = new Watched();
    private final ProcessStart start;
    private final StackEnd end;
    private final ProcessPlans plans;
    private final ProcessPlans plansAgain;

    private boolean closed;

    /** Keeps the stack in {@code directory}, whose keeper's {@code lock} it gives back at its end. */
    StackKeeper(
            StackDirectory directory,
            Installation installation,
            DirectoryLock lock,
            boolean attached,
            Consumer<String> narrator) {
        this.directory = directory;
        this.installation = installation;
        this.lock = lock;
        this.attached = attached;
        this.narrator = narrator;
        this.state = new StateFile(directory);
        this.ports = new StackPorts(directory, narrator);
        this.start = new ProcessStart(directory, state, watched, narrator);
        this.end = new StackEnd(directory, state, narrator);
        this.plans = new ProcessPlans(directory, installation, ports::free);
        this.plansAgain = new ProcessPlans(directory, installation, ports::kept);
    }

    /** Starts everything and returns when it serves. After a failure the keeper is to be closed. */
    public void start(StackSettings settings) {
        DiskSpace.lackToStart(directory.root()).ifPresent(lack -> {
            throw new StackException(lack + "; make room and try again");
        });
        state.reset(StackState.startedBy(own(), attached, settings.engine(), settings.slots()));
        requireBuilt(settings);
        settings.httpPort().ifPresent(port -> ports.set(ProcessPlans.RESULTS_HTTP, port));
        ProcessPlan broker = plans.broker();
        ProcessPlan database = plans.database();
        start.startAndAwait(List.of(broker, database));
        start.startAndAwait(services(settings, broker.address(), database.address()));
        if (!state.change(stack -> stack.phase() == Phase.STARTING ? stack.in(Phase.RUNNING) : stack)) {
            throw new StackException("the state of the stack in " + directory.root() + " has been deleted");
        }
    }

    /** Takes over a stack that runs and has lost its keeper. */
    void adopt() {
        state.change(stack -> stack.keptBy(own()));
        narrator.accept("takes over the stack in " + directory.root());
    }

    private static ProcessIdentity own() {
        return ProcessIdentity.of(ProcessHandle.current());
    }

    private void requireBuilt(StackSettings settings) {
        for (Role role : List.of(Role.SUGGESTER, Role.RESULTS, Role.TRAINER)) {
            if (settings.has(role) && (role != Role.TRAINER || settings.trainers() > 0)) {
                installation.builtJar(role, settings.engine());
            }
        }
    }

    private List<ProcessPlan> services(StackSettings settings, String bootstrapServers, String jdbcUrl) {
        List<ProcessPlan> services = new ArrayList<>();
        Optional<String> suggesterUrl = Optional.empty();
        if (settings.has(Role.SUGGESTER)) {
            ProcessPlan suggester = plans.suggester(bootstrapServers);
            suggesterUrl = Optional.of(suggester.address());
            services.add(suggester);
        }
        if (settings.has(Role.RESULTS)) {
            services.add(plans.results(bootstrapServers, jdbcUrl, suggesterUrl));
        }
        for (int number = 1; settings.has(Role.TRAINER) && number <= settings.trainers(); number++) {
            services.add(plans.trainer(settings.engine(), settings.slots(), number, bootstrapServers));
        }
        return services;
    }

    /** Starts again what ends; returns when the stack is to end, or, attached, when nothing of it is left. */
    public void supervise() {
        new Supervisor(directory, state, watched, start, this::planAgain, Clock.systemUTC(), narrator).run();
    }

    private ProcessPlan planAgain(StackProcess process, StackState stack) {
        if (process.role() == Role.DATABASE) {
            // It has outlived the process that was killed, and still listens on the port.
            EmbeddedDatabase.stopOrphan(directory.database());
        }
        boolean isNew = process.address().isEmpty();
        return (isNew ? plans : plansAgain).again(process, stack);
    }

    /** Ends every process of the stack in order, starts nothing more, and gives the lock back. From any thread. */
    @Override
    public void close() {
        // Not under this object's monitor: whoever is starting something meanwhile is told first.
        end.announce();
        start.cancel();
        endOnce();
    }

    private synchronized void endOnce() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            end.endAll();
        } finally {
            lock.close();
        }
    }
}

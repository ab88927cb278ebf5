package io.trialstream.cli.stack;

import io.trialstream.infrastructure.DirectoryLock;
import io.trialstream.infrastructure.EmbeddedDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The stack of one directory: starts it, ends it, changes the number of its trainers, tells what runs.
 *
 * <p>Of all commands that use one directory at the same time, one is the keeper; the others see its stack through the
 * written-down state. Not for use by several threads, but for {@link #stop}, which a shutdown hook may call at any
 * time.
 */
public final class LocalStack {
    private static final Duration KEEPER_PATIENCE = Duration.ofSeconds(150);

    private final StackDirectory directory;
    private final Installation installation;
    private final StateFile state;
    private final ProcessPlans plans;
    private final ProcessStart start;
    private final ProcessEnd end;
    private final Consumer<String> narrator;
    private final Set<ProcessIdentity> reportedDead = new HashSet<>();

    /** A view of the stack in {@code directory}; {@code narrator} is told line by line what happens to it. */
    public LocalStack(StackDirectory directory, Installation installation, Consumer<String> narrator) {
        this.directory = directory;
        this.installation = installation;
        this.narrator = narrator;
        this.state = new StateFile(directory);
        this.plans = new ProcessPlans(directory, installation, new StackPorts(directory));
        this.start = new ProcessStart(directory, state, narrator);
        this.end = new ProcessEnd(narrator);
    }

    /** Answers where it lives. */
    public StackDirectory directory() {
        return directory;
    }

    /** Answers what was last written down, empty where no stack was ever started. */
    public Optional<StackState> state() {
        return state.read();
    }

    /** Whether at least one process of the stack lives. */
    public boolean isRunning() {
        return state().map(stack -> !stack.living().isEmpty()).orElse(false);
    }

    /** Answers the address of the one origin, if it runs. */
    public Optional<String> url() {
        return state().flatMap(stack -> stack.first(Role.RESULTS))
                .filter(StackProcess::isAlive)
                .map(StackProcess::address);
    }

    /**
     * Tries to become the stack's keeper.
     *
     * @return empty when the stack runs already: with another keeper, or left to itself. Otherwise the keeper's lock;
     *     what a killed keeper left behind has then been ended.
     */
    public Optional<DirectoryLock> tryBecomeKeeper() {
        directory.create();
        Optional<DirectoryLock> lock = directory.tryBecomeKeeper();
        if (lock.isPresent() && runsByItself()) {
            lock.get().close();
            return Optional.empty();
        }
        lock.ifPresent(held -> endOrphans());
        return lock;
    }

    private boolean runsByItself() {
        return state().map(stack -> !stack.attached() && !stack.living().isEmpty())
                .orElse(false);
    }

    private void endOrphans() {
        List<StackProcess> orphans = everyLivingProcess();
        if (!orphans.isEmpty()) {
            narrator.accept("an earlier run was killed and left " + orphans.size() + " processes behind");
            end.endInOrder(orphans);
        }
    }

    /** Starts everything and returns when it serves. Only for the keeper. */
    public void start(StackSettings settings) {
        state.reset(
                StackState.startedBy(ProcessIdentity.of(ProcessHandle.current()), settings.engine(), settings.slots()));
        settings.httpPort().ifPresent(plans::useHttpPort);
        requireBuilt(settings);
        List<ProcessPlan> infrastructure = new ArrayList<>();
        infrastructure.add(plans.broker());
        infrastructure.add(plans.database());
        start.startAndAwait(infrastructure);
        start.startAndAwait(services(
                settings, infrastructure.get(0).address(), infrastructure.get(1).address()));
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

    /** Leaves the stack to itself: it no longer ends with its keeper. */
    public void detach() {
        state.change(StackState::detached);
    }

    /** Tells the narrator of each process that has ended without being told to; of each only once. */
    public void reportDeaths() {
        state().ifPresent(stack -> stack.processes().stream()
                .filter(process -> !process.leaving() && !process.isAlive())
                .filter(process -> reportedDead.add(process.identity()))
                .forEach(process -> narrator.accept(
                        process.name() + " (pid " + process.identity().pid() + ") has ended unexpectedly; its log: "
                                + directory.log(process.name()))));
    }

    /** Ends every process of the stack in order, and starts nothing more. */
    public void stop() {
        start.cancel();
        state.change(stack ->
                stack.with(stack.processes().stream().map(StackProcess::told).toList()));
        end.endInOrder(everyLivingProcess());
        EmbeddedDatabase.stopOrphan(directory.database());
    }

    /**
     * Ends the stack from another command: through its keeper where that lives, else by itself.
     *
     * @return whether anything ran
     */
    public boolean shutDown() {
        if (!directory.isUsed()) {
            return false;
        }
        Optional<DirectoryLock> lock = directory.tryBecomeKeeper();
        if (lock.isEmpty()) {
            endKeeper();
            lock = directory.tryBecomeKeeper();
        } else if (everyLivingProcess().isEmpty()) {
            lock.get().close();
            return false;
        }
        stop();
        lock.ifPresent(DirectoryLock::close);
        return true;
    }

    private void endKeeper() {
        ProcessHandle keeper = state().flatMap(stack -> stack.keeper().living())
                .orElseThrow(() -> new StackException("the stack in " + directory.root() + " is just being started"));
        narrator.accept("telling the command that keeps the stack (pid " + keeper.pid() + ") to end it");
        CompletableFuture<ProcessHandle> ended = keeper.onExit();
        keeper.destroy();
        try {
            ended.get(KEEPER_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            narrator.accept("it has not ended after " + KEEPER_PATIENCE.toSeconds() + " s");
        } catch (Exception e) {
            throw new StackException("cannot wait for the end of pid " + keeper.pid(), e);
        }
    }

    /** Starts or drains trainers until {@code wanted} run; the newest go first. */
    public void scaleTrainers(int wanted) {
        StackSettings.requireTrainers(wanted);
        StackState stack = state().filter(running -> !running.living().isEmpty())
                .orElseThrow(() -> new StackException("no stack runs in " + directory.root()));
        try (DirectoryLock lock = changing()) {
            List<StackProcess> trainers = stack.trainers();
            if (wanted < trainers.size()) {
                drain(trainers.subList(wanted, trainers.size()));
            } else {
                addTrainers(stack, wanted - trainers.size());
            }
        }
    }

    private void drain(List<StackProcess> newest) {
        newest.forEach(trainer -> state.change(stack -> stack.with(trainer.told())));
        end.end(newest);
        newest.forEach(trainer -> state.change(stack -> stack.without(trainer.name())));
    }

    private void addTrainers(StackState stack, int count) {
        String bootstrapServers = stack.first(Role.BROKER)
                .filter(StackProcess::isAlive)
                .map(StackProcess::address)
                .orElseThrow(() -> new StackException("the broker of the stack in " + directory.root() + " has ended"));
        Set<String> taken = new HashSet<>();
        stack.trainers().forEach(trainer -> taken.add(trainer.name()));
        List<ProcessPlan> added = new ArrayList<>();
        for (int number = 1; added.size() < count; number++) {
            if (!taken.contains(ProcessPlans.trainerName(number))) {
                added.add(plans.trainer(stack.engine(), stack.slots(), number, bootstrapServers));
            }
        }
        start.startAndAwait(added);
    }

    /**
     * Starts again what has ended without being told to, broker and database first.
     *
     * @return how many processes were started
     */
    public int revive() {
        StackState stack = state().orElseThrow(() -> new StackException("no stack runs in " + directory.root()));
        try (DirectoryLock lock = changing()) {
            List<StackProcess> dead = stack.processes().stream()
                    .filter(process -> !process.leaving() && !process.isAlive())
                    .toList();
            reviveAll(dead, stack, true);
            reviveAll(dead, stack, false);
            return dead.size();
        }
    }

    private void reviveAll(List<StackProcess> dead, StackState stack, boolean infrastructure) {
        List<ProcessPlan> again = dead.stream()
                .filter(process -> (process.role() == Role.BROKER || process.role() == Role.DATABASE) == infrastructure)
                .map(process -> planAgain(process, stack))
                .toList();
        if (!again.isEmpty()) {
            narrator.accept("starting again what had ended: "
                    + again.stream().map(ProcessPlan::name).collect(Collectors.joining(", ")));
            start.startAndAwait(again);
        }
    }

    private ProcessPlan planAgain(StackProcess process, StackState stack) {
        return switch (process.role()) {
            case BROKER -> plans.broker();
            case DATABASE -> plans.database();
            case SUGGESTER -> plans.suggester(addressOf(Role.BROKER));
            case RESULTS -> plans.results(
                    addressOf(Role.BROKER),
                    addressOf(Role.DATABASE),
                    state().flatMap(now -> now.first(Role.SUGGESTER)).map(StackProcess::address));
            case TRAINER -> plans.trainer(
                    stack.engine(), stack.slots(), ProcessPlans.trainerNumber(process.name()), addressOf(Role.BROKER));
        };
    }

    private String addressOf(Role role) {
        return state().flatMap(stack -> stack.first(role))
                .map(StackProcess::address)
                .orElseThrow(() -> new StackException("the stack in " + directory.root() + " has no "
                        + role.name().toLowerCase(Locale.ROOT)));
    }

    private DirectoryLock changing() {
        return DirectoryLock.tryAcquire(directory.root(), "scale.lock")
                .orElseThrow(() -> new StackException("another command is changing this stack"));
    }

    /** What is written down, and what carries the stack's mark without being written down. */
    private List<StackProcess> everyLivingProcess() {
        List<StackProcess> processes =
                new ArrayList<>(state().map(StackState::living).orElse(List.of()));
        StackMark.find(directory).stream()
                .filter(marked -> processes.stream()
                        .noneMatch(known ->
                                known.identity().pid() == marked.identity().pid()))
                .forEach(processes::add);
        return processes;
    }
}

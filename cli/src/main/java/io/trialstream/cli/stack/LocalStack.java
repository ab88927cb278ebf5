package io.trialstream.cli.stack;

import io.trialstream.infrastructure.DirectoryLock;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The stack of one directory as commands see it: they start it, end it, change the number of its trainers, ask what
 * runs.
 *
 * <p>One process at a time is its keeper. Commands change the written-down state, which the keeper makes true; only
 * where there is no keeper do they act themselves.
 */
public final class LocalStack {
    private static final Duration KEEPER_PATIENCE = Duration.ofSeconds(BackgroundKeeper.END_SECONDS);
    private static final Duration HANDOVER_PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final StackDirectory directory;
    private final Installation installation;
    private final StateFile state;
    private final StackEnd end;
    private final Consumer<String> narrator;

    /** A view of the stack in {@code directory}; {@code narrator} is told line by line what happens to it. */
    public LocalStack(StackDirectory directory, Installation installation, Consumer<String> narrator) {
        this.directory = directory;
        this.installation = installation;
        this.narrator = narrator;
        this.state = new StateFile(directory);
        this.end = new StackEnd(directory, state, narrator);
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

    /** Answers what runs, how well, and since what. */
    public StackStatus status() {
        return StackStatus.of(directory, state(), new StackPorts(directory, narrator));
    }

    /**
     * Becomes the keeper of a stack that is to be started; what a killed keeper or an interrupted end left behind has
     * then been ended. A stack that is just being ended is waited for.
     *
     * @param attached whether the stack is to end with this very command
     * @return empty when the stack runs already; {@link #restore} then sees to it that all of it does
     */
    public Optional<StackKeeper> tryKeep(boolean attached) {
        return tryLock().map(lock -> keeper(lock, attached));
    }

    /** Becomes the keeper of a stack that runs in the background without one; empty where there is no such stack. */
    Optional<StackKeeper> tryAdopt() {
        Optional<DirectoryLock> lock = directory.tryBecomeKeeper();
        if (lock.isPresent() && !isForsaken()) {
            lock.get().close();
            return Optional.empty();
        }
        Optional<StackKeeper> kept = lock.map(held -> keeper(held, false));
        kept.ifPresent(StackKeeper::adopt);
        return kept;
    }

    private StackKeeper keeper(DirectoryLock lock, boolean attached) {
        return new StackKeeper(directory, installation, lock, attached, narrator);
    }

    /** Starts the stack under a keeper in the background and returns when it serves; false when it runs already. */
    public boolean startInBackground(StackSettings settings) {
        Optional<DirectoryLock> lock = tryLock();
        // The keeper takes it anew; should another command be faster, the keeper says so.
        lock.ifPresent(DirectoryLock::close);
        return lock.isPresent() && startKeeper(Optional.of(settings));
    }

    private boolean startKeeper(Optional<StackSettings> settings) {
        return new BackgroundKeeper(new KeeperArguments(directory, installation, settings), narrator).start();
    }

    /** Takes the keeper's lock for a new start; empty when the stack runs. */
    private Optional<DirectoryLock> tryLock() {
        directory.create();
        Instant begun = Instant.now();
        boolean told = false;
        while (true) {
            Optional<DirectoryLock> lock = directory.tryBecomeKeeper();
            if (lock.isPresent()) {
                return clearedAway(lock.get());
            }
            Optional<StackState> found = state().filter(stack -> stack.keeper().isAlive());
            Optional<Phase> phase = found.map(StackState::phase);
            if (phase.filter(Phase.RUNNING::equals).isPresent()) {
                return Optional.empty();
            }
            if (phase.filter(Phase.STARTING::equals).isPresent()) {
                throw new StackException("another command (pid "
                        + found.get().keeper().pid() + ") is starting the stack in " + directory.root());
            }
            Duration patience = phase.isPresent() ? KEEPER_PATIENCE : HANDOVER_PATIENCE;
            if (Instant.now().isAfter(begun.plus(patience))) {
                throw new StackException(
                        "another command has been starting or stopping the stack in " + directory.root() + " for "
                                + patience.toSeconds() + " s; try again, or stop it with: trialstream down");
            }
            if (phase.isPresent() && !told) {
                narrator.accept("the stack is being stopped; waiting for that");
                told = true;
            }
            Pause.of(LOOK);
        }
    }

    private Optional<DirectoryLock> clearedAway(DirectoryLock lock) {
        boolean done = false;
        try {
            if (isForsaken()) {
                return Optional.empty();
            }
            int left = end.living().size();
            if (left > 0) {
                narrator.accept(
                        leftBehindBy() + " left " + left + (left == 1 ? " process behind" : " processes behind"));
            }
            end.endAll();
            done = true;
            return Optional.of(lock);
        } finally {
            if (!done) {
                lock.close();
            }
        }
    }

    private String leftBehindBy() {
        return switch (state().map(StackState::phase).orElse(Phase.RUNNING)) {
            case STARTING -> "an earlier start was killed and";
            case STOPPING -> "an earlier end was interrupted and";
            case RUNNING, STOPPED -> "an earlier run was killed and";
        };
    }

    /** Whether it runs in the background while its keeper, as the caller knows, does not. */
    private boolean isForsaken() {
        return state().filter(stack -> stack.phase() == Phase.RUNNING)
                .filter(stack -> !stack.attached())
                .filter(stack -> !stack.living().isEmpty())
                .isPresent();
    }

    /**
     * Has everything started again that has ended or was given up, and returns when all of a running stack serves.
     *
     * @return the names of the processes that did not run before
     */
    public List<String> restore() {
        requireKeeper();
        List<String> ended = new ArrayList<>();
        Instant now = Instant.now();
        state.change(stack -> stack.withEach(process -> {
            if (process.leaving() || process.isAlive()) {
                return process;
            }
            ended.add(process.name());
            return process.identity().equals(ProcessIdentity.NONE)
                            && !process.restarts().isPending()
                    ? process
                    : process.with(process.restarts().askedFor(now));
        }));
        if (!ended.isEmpty()) {
            narrator.accept("restarting what had ended: " + String.join(", ", ended));
        }
        awaitReady(now, Set.of());
        return ended;
    }

    /** Starts or drains trainers until {@code wanted} run; the newest go first. */
    public void scaleTrainers(int wanted) {
        StackSettings.requireTrainers(wanted);
        requireKeeper();
        try (DirectoryLock lock = directory.lockForScaling()) {
            StackState stack = state().orElseThrow(this::nothingRuns);
            List<StackProcess> trainers = stack.trainers();
            if (wanted < trainers.size()) {
                drain(trainers.subList(wanted, trainers.size()));
            } else if (wanted > trainers.size()) {
                installation.builtJar(Role.TRAINER, stack.engine());
                awaitReady(Instant.now(), addTrainers(stack, wanted - trainers.size()));
            }
        }
    }

    /** Ends them here, with a word about it; were this command to be killed now, the keeper would do it. */
    private void drain(List<StackProcess> newest) {
        List<StackProcess> told = new ArrayList<>();
        state.change(stack -> {
            StackState changed = stack;
            for (StackProcess trainer : newest) {
                StackProcess leaving =
                        stack.process(trainer.name()).orElse(trainer).told();
                told.add(leaving);
                changed = changed.with(leaving);
            }
            return changed;
        });
        new ProcessEnd(narrator).end(told);
        told.forEach(trainer -> state.change(stack -> stack.without(trainer.name())));
    }

    private Set<String> addTrainers(StackState seen, int count) {
        Set<String> added = new HashSet<>();
        state.change(stack -> {
            StackState changed = stack;
            for (int number = 1; added.size() < count; number++) {
                String name = ProcessPlans.trainerName(number);
                if (changed.process(name).isEmpty()) {
                    added.add(name);
                    changed = changed.with(StackProcess.wanted(name, Role.TRAINER));
                }
            }
            return changed;
        });
        return added;
    }

    /** Waits until these serve, or all where none are named; throws when one of them ends again. */
    private void awaitReady(Instant since, Set<String> names) {
        while (true) {
            StackStatus now = status();
            if (now.phase().filter(phase -> phase != Phase.RUNNING).isPresent()) {
                throw new StackException("the stack in " + directory.root() + " is being stopped");
            }
            List<StackStatus.Line> awaited = now.processes().stream()
                    .filter(line -> names.isEmpty() || names.contains(line.name()))
                    .filter(line -> line.state() != StackStatus.State.LEAVING)
                    .toList();
            awaited.stream()
                    .filter(line -> line.hasEndedSince(since))
                    .findFirst()
                    .ifPresent(line -> {
                        throw new StackException(line.name() + " " + line.note());
                    });
            if (awaited.stream().allMatch(line -> line.state() == StackStatus.State.RUNNING)) {
                return;
            }
            if (Instant.now().isAfter(since.plus(ProcessStart.LIMIT))) {
                throw new StackException(awaited.stream()
                        .filter(line -> line.state() != StackStatus.State.RUNNING)
                        .map(line -> line.name() + " is not ready after " + ProcessStart.LIMIT.toSeconds() + " s: "
                                + line.note())
                        .findFirst()
                        .orElseThrow());
            }
            Pause.of(LOOK);
        }
    }

    /** Somebody must make true what is written down. */
    private void requireKeeper() {
        StackState stack =
                state().filter(running -> running.phase() == Phase.RUNNING).orElseThrow(this::nothingRuns);
        if (stack.keeper().isAlive()) {
            return;
        }
        if (!isForsaken()) {
            throw stack.living().isEmpty()
                    ? nothingRuns()
                    : new StackException("the command that kept the stack in " + directory.root()
                            + " was killed; start it again with: trialstream up");
        }
        startKeeper(Optional.empty());
    }

    private StackException nothingRuns() {
        return new StackException("no stack runs in " + directory.root() + "; start one with: trialstream up");
    }

    /**
     * Ends the stack from another command: through its keeper where that lives, else by itself; returns when nothing of
     * it is left.
     *
     * @return whether anything ran
     */
    public boolean shutDown() {
        if (!Files.isDirectory(directory.root())) {
            return false;
        }
        Optional<ProcessHandle> ended = Optional.empty();
        Instant begun = Instant.now();
        while (true) {
            Optional<DirectoryLock> lock = directory.tryBecomeKeeper();
            if (lock.isPresent()) {
                try (DirectoryLock held = lock.get()) {
                    return endForsaken() || ended.isPresent();
                }
            }
            Optional<ProcessHandle> keeper =
                    state().flatMap(stack -> stack.keeper().living());
            if (keeper.isPresent() && ended.isPresent()) {
                narrator.accept("another command has started the stack again");
                return true;
            }
            if (keeper.isPresent()) {
                end.announce();
                new KeeperEnd(directory, narrator).end(keeper.get(), KEEPER_PATIENCE);
                ended = keeper;
                begun = Instant.now();
            } else if (Instant.now().isAfter(begun.plus(HANDOVER_PATIENCE))) {
                throw new StackException("another command is starting or stopping the stack in " + directory.root());
            }
            Pause.of(LOOK);
        }
    }

    private boolean endForsaken() {
        boolean ran = !end.living().isEmpty();
        if (ran) {
            end.announce();
        }
        end.endAll();
        return ran;
    }
}

package io.trialstream.cli.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What runs of a stack, how well, and why something does not.
 *
 * @param directory of the stack
 * @param phase empty where no stack was ever started
 * @param notices what concerns the stack as a whole and is not as it should be, one sentence each
 * @param processes in the order of their first start
 */
public record StackStatus(Path directory, Optional<Phase> phase, List<String> notices, List<Line> processes) {

    /** Copies the lists. */
    public StackStatus {
        notices = List.copyOf(notices);
        processes = List.copyOf(processes);
    }

    /** What can be said of a process. */
    public enum State {
        /** It is about to be started. */
        STARTING,
        /** It serves. */
        RUNNING,
        /** It lives and does not serve: not yet, or not now. */
        UNREADY,
        /** It was told to end. */
        LEAVING,
        /** It has ended; where a keeper lives, it is started again. */
        ENDED,
        /** It has ended too often and is not started again by itself. */
        FAILED
    }

    /**
     * One process.
     *
     * @param pid empty where it does not live
     * @param address where it is reached; empty where there is nothing to reach
     * @param restarts how often it was started again after an unexpected end
     * @param endedAt when it has last ended unexpectedly
     * @param note why it is in its state, or what its last unexpected end was; empty where there is nothing to say
     */
    public record Line(
            String name,
            Role role,
            State state,
            Optional<Long> pid,
            String address,
            int restarts,
            Optional<Instant> endedAt,
            String note) {

        boolean hasEndedSince(Instant time) {
            return (state == State.ENDED || state == State.FAILED)
                    && endedAt.filter(time::isBefore).isPresent();
        }
    }

    static StackStatus of(StackDirectory directory, Optional<StackState> state, StackPorts ports) {
        List<Line> lines = state.map(stack -> stack.processes().parallelStream()
                        .map(process -> line(process, directory, ports))
                        .toList())
                .orElse(List.of());
        return new StackStatus(
                directory.root(),
                state.map(StackState::phase),
                state.map(stack -> notices(stack, directory)).orElse(List.of()),
                lines);
    }

    /** Whether anything lives. */
    public boolean isRunning() {
        return processes.stream().anyMatch(line -> line.pid().isPresent());
    }

    private static List<String> notices(StackState stack, StackDirectory directory) {
        List<String> notices = new ArrayList<>();
        if (stack.living().isEmpty() && !stack.keeper().isAlive()) {
            return notices;
        }
        DiskSpace.lackToGoOn(directory.root()).ifPresent(notices::add);
        if (stack.phase() == Phase.STARTING) {
            notices.add(
                    stack.keeper().isAlive()
                            ? "it is being started"
                            : "its start was interrupted; start it again with: trialstream up");
        } else if (stack.phase() == Phase.STOPPING) {
            notices.add(
                    stack.keeper().isAlive()
                            ? "it is being stopped"
                            : "stopping it was interrupted; stop it with: trialstream down");
        } else if (!stack.keeper().isAlive()) {
            notices.add(
                    "processes are not restarted, because the stack's keeper was killed; fix it with: trialstream up");
        }
        return notices;
    }

    private static Line line(StackProcess process, StackDirectory directory, StackPorts ports) {
        Restarts restarts = process.restarts();
        boolean alive = process.isAlive();
        Optional<String> missing = alive && !process.leaving() ? missing(process, directory, ports) : Optional.empty();
        State state = state(process, alive, missing.isPresent());
        return new Line(
                process.name(),
                process.role(),
                state,
                alive ? Optional.of(process.identity().pid()) : Optional.empty(),
                process.address(),
                restarts.total(),
                restarts.endedAtMillis() == 0
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(restarts.endedAtMillis())),
                missing.orElseGet(() -> note(state, restarts)));
    }

    private static State state(StackProcess process, boolean alive, boolean missing) {
        if (alive) {
            return process.leaving() ? State.LEAVING : missing ? State.UNREADY : State.RUNNING;
        }
        if (process.restarts().givenUp()) {
            return State.FAILED;
        }
        boolean neverNoted = process.identity().equals(ProcessIdentity.NONE)
                && !process.restarts().isPending();
        return neverNoted ? State.STARTING : State.ENDED;
    }

    private static Optional<String> missing(StackProcess process, StackDirectory directory, StackPorts ports) {
        if (process.isInfrastructure()) {
            return Readiness.file(directory.ready(process.name())).missing();
        }
        OptionalInt management = ports.of(ProcessPlans.management(process.name()));
        return management.isPresent() ? Readiness.health(management.getAsInt()).missing() : Optional.empty();
    }

    private static String note(State state, Restarts restarts) {
        if (restarts.why().isEmpty()) {
            return "";
        }
        return switch (state) {
            case FAILED -> restarts.why() + "; given up after " + Restarts.LIMIT
                    + " attempts, 'trialstream up' tries again";
            case ENDED -> restarts.why() + "; " + dueIn(restarts);
            case RUNNING, UNREADY, STARTING, LEAVING -> "restarted " + restarts.total()
                    + (restarts.total() == 1 ? " time" : " times") + "; before, it " + restarts.why();
        };
    }

    private static String dueIn(Restarts restarts) {
        long seconds = Math.max(
                0,
                Duration.between(Instant.now(), Instant.ofEpochMilli(restarts.dueAtMillis()))
                        .toSeconds());
        return "restarts" + (seconds > 0 ? " in " + seconds + " s" : "");
    }
}

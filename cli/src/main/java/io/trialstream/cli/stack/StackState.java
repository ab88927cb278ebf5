package io.trialstream.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the stack in a directory consists of.
 *
 * @param keeper the command that started it
 * @param attached whether the stack is to end with its keeper
 * @param engine of its trainers; DL4J where none was written down
 * @param slots of each of its trainers; 1 where none were written down
 * @param processes in the order of their start
 */
public record StackState(
        ProcessIdentity keeper, boolean attached, TrainerEngine engine, int slots, List<StackProcess> processes) {

    /** Copies the list. */
    public StackState {
        engine = engine == null ? TrainerEngine.DL4J : engine;
        slots = Math.max(1, slots);
        processes = List.copyOf(processes);
    }

    /** A stack of which nothing runs yet. */
    public static StackState startedBy(ProcessIdentity keeper, TrainerEngine engine, int slots) {
        return new StackState(keeper, true, engine, slots, List.of());
    }

    /** This state with one more process, which takes the place of an earlier one of its name. */
    public StackState with(StackProcess process) {
        List<StackProcess> changed = new ArrayList<>(without(process.name()).processes);
        changed.add(process);
        return with(changed);
    }

    /** This state without the process of that name. */
    public StackState without(String name) {
        return with(processes.stream()
                .filter(process -> !process.name().equals(name))
                .toList());
    }

    /** This state with these processes. */
    public StackState with(List<StackProcess> changed) {
        return new StackState(keeper, attached, engine, slots, changed);
    }

    /** This state after its keeper has left the stack to itself. */
    public StackState detached() {
        return new StackState(keeper, false, engine, slots, processes);
    }

    /** Answers the processes that live, in the order of their start. */
    @JsonIgnore
    public List<StackProcess> living() {
        return processes.stream().filter(StackProcess::isAlive).toList();
    }

    /** Answers the living trainers in the order of their start. */
    @JsonIgnore
    public List<StackProcess> trainers() {
        return living().stream().filter(is(Role.TRAINER)).toList();
    }

    /** Answers the first process with that role, alive or not. */
    public Optional<StackProcess> first(Role role) {
        return processes.stream().filter(is(role)).findFirst();
    }

    private static Predicate<StackProcess> is(Role role) {
        return process -> process.role() == role;
    }
}

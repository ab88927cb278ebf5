package io.trialstream.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the stack in a directory consists of, and what is to become of it.
 *
 * @param keeper the process that started it, starts again what ends, and ends it
 * @param attached whether the keeper is the command of a user, with which the stack ends; else it is a process of its
 *     own in the background
 * @param phase what the whole is about to do; RUNNING where none was written down
 * @param engine of its trainers; DL4J where none was written down
 * @param slots of each of its trainers; 1 where none were written down
 * @param processes in the order of their first start
 */
public record StackState(
        ProcessIdentity keeper,
        boolean attached,
        Phase phase,
        TrainerEngine engine,
        int slots,
        List<StackProcess> processes) {

    /** Copies the list. */
    public StackState {
        phase = phase == null ? Phase.RUNNING : phase;
        engine = engine == null ? TrainerEngine.DL4J : engine;
        slots = Math.max(1, slots);
        processes = List.copyOf(processes);
    }

    /** A stack of which nothing runs yet. */
    static StackState startedBy(ProcessIdentity keeper, boolean attached, TrainerEngine engine, int slots) {
        return new StackState(keeper, attached, Phase.STARTING, engine, slots, List.of());
    }

    /** This state with one more process, or with this one in the place of an earlier one of its name. */
    public StackState with(StackProcess process) {
        List<StackProcess> changed = new ArrayList<>(processes);
        int place = processes.stream().map(StackProcess::name).toList().indexOf(process.name());
        if (place < 0) {
            changed.add(process);
        } else {
            changed.set(place, process);
        }
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
        return new StackState(keeper, attached, phase, engine, slots, changed);
    }

    /** This state with each process changed. */
    StackState withEach(UnaryOperator<StackProcess> change) {
        return with(processes.stream().map(change).toList());
    }

    /** This state in another phase. */
    StackState in(Phase changed) {
        return new StackState(keeper, attached, changed, engine, slots, processes);
    }

    /** This state under another keeper in the background. */
    StackState keptBy(ProcessIdentity other) {
        return new StackState(other, false, phase, engine, slots, processes);
    }

    /** Answers the process of that name. */
    public Optional<StackProcess> process(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** Answers the processes that live, in the order of their start. */
    @JsonIgnore
    public List<StackProcess> living() {
        return processes.stream().filter(StackProcess::isAlive).toList();
    }

    /** Answers the trainers that are to stay, alive or to be started again, in the order of their start. */
    @JsonIgnore
    public List<StackProcess> trainers() {
        return processes.stream()
                .filter(is(Role.TRAINER))
                .filter(trainer -> !trainer.leaving())
                .toList();
    }

    /** Answers the first process with that role, alive or not. */
    public Optional<StackProcess> first(Role role) {
        return processes.stream().filter(is(role)).findFirst();
    }

    private static Predicate<StackProcess> is(Role role) {
        return process -> process.role() == role;
    }
}

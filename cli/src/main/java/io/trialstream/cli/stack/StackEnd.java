package io.trialstream.cli.stack;

import io.trialstream.infrastructure.EmbeddedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Ends all of a stack, also what nobody has written down, and makes sure of it. Only for who holds the keeper's lock. */
final class StackEnd {
    private final StackDirectory directory;
    private final StateFile state;
    private final Consumer<String> narrator;

    StackEnd(StackDirectory directory, StateFile state, Consumer<String> narrator) {
        this.directory = directory;
        this.state = state;
        this.narrator = narrator;
    }

    /** Answers what lives: what is written down, and what carries the stack's mark without being written down. */
    List<StackProcess> living() {
        List<StackProcess> processes =
                new ArrayList<>(state.read().map(StackState::living).orElse(List.of()));
        StackMark.find(directory).stream()
                .filter(marked -> processes.stream()
                        .noneMatch(known ->
                                known.identity().pid() == marked.identity().pid()))
                .forEach(processes::add);
        return processes;
    }

    /** Writes down that the stack is to end; on a full disk it is ended all the same. */
    void announce() {
        writeDownIfPossible(stack -> stack.in(Phase.STOPPING));
    }

    /** Ends everything in order; throws when something does not end. */
    void endAll() {
        new ProcessEnd(narrator).endInOrder(living());
        EmbeddedDatabase.stopOrphan(directory.database());
        List<StackProcess> left = living();
        if (!left.isEmpty()) {
            throw new StackException(left.stream()
                    .map(process ->
                            process.name() + " (pid " + process.identity().pid() + ")")
                    .collect(Collectors.joining(", ", "cannot end ", "; end it and run: trialstream down")));
        }
        writeDownIfPossible(stack -> stack.in(Phase.STOPPED));
    }

    private void writeDownIfPossible(UnaryOperator<StackState> change) {
        try {
            state.change(change);
        } catch (StackException cannot) {
            narrator.accept(cannot.getMessage());
        }
    }
}

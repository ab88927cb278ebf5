package io.trialstream.cli.view;

import io.trialstream.cli.stack.StackProcess;
import io.trialstream.cli.stack.StackState;
import io.trialstream.cli.view.Table.Column;
import java.util.List;
import java.util.Optional;

/** The processes of a stack, one a line. */
public final class StackTable {
    private StackTable() {}

    /** Answers the lines of the table, each at most as wide as the screen. */
    public static List<String> lines(Optional<StackState> state, Screen screen) {
        if (state.isEmpty() || state.get().living().isEmpty()) {
            return List.of("nothing runs");
        }
        Table table =
                Table.of(Column.left("PROCESS"), Column.state("STATE"), Column.right("PID"), Column.left("ADDRESS"));
        for (StackProcess process : state.get().processes()) {
            boolean alive = process.isAlive();
            table.row(
                    process.name(),
                    alive ? process.leaving() ? "leaving" : "runs" : "ended",
                    alive ? String.valueOf(process.identity().pid()) : "",
                    process.address());
        }
        return table.lines(screen);
    }
}

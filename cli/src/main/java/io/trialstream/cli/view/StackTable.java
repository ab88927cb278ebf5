package io.trialstream.cli.view;

import io.trialstream.cli.stack.StackStatus;
import io.trialstream.cli.stack.StackStatus.State;
import io.trialstream.cli.view.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What runs of a stack, one process a line, and below what is not as it should be. */
public final class StackTable {
    private StackTable() {}

    /** Answers the lines of the table, each at most as wide as the screen. */
    public static List<String> lines(StackStatus status, Screen screen) {
        if (!status.isRunning() && status.processes().stream().noneMatch(line -> line.state() == State.FAILED)) {
            return nothingRuns(status);
        }
        Table table =
                Table.of(Column.left("PROCESS"), Column.state("STATE"), Column.right("PID"), Column.left("ADDRESS"));
        for (StackStatus.Line line : status.processes()) {
            table.row(
                    line.name(),
                    word(line.state()),
                    line.pid().map(String::valueOf).orElse(""),
                    line.address());
        }
        List<String> lines = new ArrayList<>(table.lines(screen));
        status.processes().stream()
                .filter(line -> !line.note().isEmpty())
                .forEach(line -> lines.add(line.name() + ": " + line.note()));
        lines.addAll(status.notices());
        return lines;
    }

    private static List<String> nothingRuns(StackStatus status) {
        List<String> lines = new ArrayList<>(List.of("nothing runs"));
        lines.addAll(status.notices());
        return lines;
    }

    private static String word(State state) {
        return switch (state) {
            case RUNNING -> "runs";
            case STARTING -> "starts";
            case UNREADY, LEAVING, ENDED, FAILED -> state.name().toLowerCase(Locale.ROOT);
        };
    }
}

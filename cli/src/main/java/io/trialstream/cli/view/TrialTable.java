package io.trialstream.cli.view;

import io.trialstream.cli.client.TrialView;
import io.trialstream.cli.view.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** Trials in any state, one a line. */
public final class TrialTable {
    private TrialTable() {}

    /** Answers the lines of the table with the parameters in which the trials differ, as far as there is room. */
    public static List<String> lines(List<TrialView> trials, Screen screen) {
        return trials.isEmpty() ? nothing() : table(trials, TrialParameters.differing(trials), screen);
    }

    /** Answers the same with all parameters, and nothing cut. */
    public static List<String> wide(List<TrialView> trials, Screen screen) {
        return trials.isEmpty() ? nothing() : table(trials, TrialParameters.all(trials), screen.unbounded());
    }

    private static List<String> nothing() {
        return List.of("no such trials");
    }

    private static List<String> table(List<TrialView> trials, TrialParameters parameters, Screen screen) {
        return parameters.table(
                List.of(
                        Column.left("TRIAL"),
                        Column.state("STATE"),
                        Column.right("OBJECTIVE"),
                        Column.left("ORIGIN"),
                        Column.right("EPOCHS"),
                        Column.right("TRAINED"),
                        Column.left("REASON")),
                trials.stream().map(TrialTable::cells).toList(),
                screen);
    }

    private static List<String> cells(TrialView trial) {
        List<String> cells = new ArrayList<>();
        cells.add("#" + trial.number());
        cells.add(trial.state());
        cells.add(LeaderboardTable.objective(trial));
        cells.add(LeaderboardTable.origin(trial));
        cells.add(String.valueOf(trial.epochs()));
        cells.add(trial.training().map(Format::duration).orElse(""));
        cells.add(trial.reason()
                .map(reason -> Table.cut(reason.lines().findFirst().orElse(""), 60))
                .orElse(""));
        return cells;
    }
}

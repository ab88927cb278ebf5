package io.trialstream.cli.view;

import io.trialstream.cli.client.TrialView;
import io.trialstream.cli.view.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A study's best trials: rank, objective, where the configuration came from, what it cost, what it is. */
public final class LeaderboardTable {
    private LeaderboardTable() {}

    /**
     * Answers the lines of the table, each at most as wide as the screen: with the parameters in which the trials
     * differ, as far as there is room, and a line that names those left out. {@code ranked} is best first.
     */
    public static List<String> lines(List<TrialView> ranked, Screen screen) {
        return ranked.isEmpty() ? nothing() : table(ranked, TrialParameters.differing(ranked), screen);
    }

    /** Answers the same with all parameters, and nothing cut. */
    public static List<String> wide(List<TrialView> ranked, Screen screen) {
        return ranked.isEmpty() ? nothing() : table(ranked, TrialParameters.all(ranked), screen.unbounded());
    }

    private static List<String> nothing() {
        return List.of("no trial is completed yet");
    }

    private static List<String> table(List<TrialView> ranked, TrialParameters parameters, Screen screen) {
        return parameters.table(
                List.of(
                        Column.right("RANK"),
                        Column.left("TRIAL"),
                        Column.right("OBJECTIVE"),
                        Column.left("ORIGIN"),
                        Column.right("EPOCHS"),
                        Column.right("TRAINED"),
                        Column.left("TRAINER")),
                IntStream.range(0, ranked.size())
                        .mapToObj(i -> cells(i + 1, ranked.get(i)))
                        .toList(),
                screen);
    }

    private static List<String> cells(int rank, TrialView trial) {
        List<String> cells = new ArrayList<>();
        cells.add(String.valueOf(rank));
        cells.add("#" + trial.number());
        cells.add(objective(trial));
        cells.add(origin(trial));
        cells.add(String.valueOf(trial.epochs()));
        cells.add(trial.training().map(Format::duration).orElse(""));
        cells.add(trial.trainerId().orElse(""));
        return cells;
    }

    static String objective(TrialView trial) {
        return trial.objective().isPresent()
                ? Format.objective(trial.objective().getAsDouble())
                : "";
    }

    /** The origin in the words of the guide. */
    static String origin(TrialView trial) {
        if (trial.retrainOf().isPresent()) {
            return "retrain of #" + trial.retrainOf().getAsInt();
        }
        return trial.origin().equals("STARTUP") ? "start-up" : trial.origin().toLowerCase(Locale.ROOT);
    }
}

package io.trialstream.cli.view;

import io.trialstream.cli.client.TrialView;
import io.trialstream.cli.view.Table.Column;
import java.util.List;
import java.util.Locale;

/** A study's best trials: rank, objective, where the configuration came from, what it cost, what it is. */
public final class LeaderboardTable {
    private LeaderboardTable() {}

    /** Answers the lines of the table, each at most {@code width} characters; {@code ranked} is best first. */
    public static List<String> lines(List<TrialView> ranked, int width) {
        if (ranked.isEmpty()) {
            return List.of("no trial is completed yet");
        }
        Table table = Table.of(
                Column.right("RANK"),
                Column.left("TRIAL"),
                Column.right("OBJECTIVE"),
                Column.left("ORIGIN"),
                Column.right("EPOCHS"),
                Column.right("TRAINED"),
                Column.left("TRAINER"),
                Column.left("CONFIGURATION"));
        for (int i = 0; i < ranked.size(); i++) {
            TrialView trial = ranked.get(i);
            table.row(
                    String.valueOf(i + 1),
                    "#" + trial.number(),
                    trial.objective().isPresent()
                            ? Format.objective(trial.objective().getAsDouble())
                            : "",
                    origin(trial),
                    String.valueOf(trial.epochs()),
                    trial.training().map(Format::duration).orElse(""),
                    trial.trainerId().orElse(""),
                    Format.configuration(trial.configuration()));
        }
        return table.lines(width);
    }

    /** The origin in the words of the guide. */
    static String origin(TrialView trial) {
        if (trial.retrainOf().isPresent()) {
            return "retrain of #" + trial.retrainOf().getAsInt();
        }
        return trial.origin().equals("STARTUP") ? "start-up" : trial.origin().toLowerCase(Locale.ROOT);
    }
}

package io.trialstream.cli.view;

import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.StudyView.Best;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a study stands, on one line: {@code trials 3/8 · running 2 · failed 1 · best 0.0713 (#2) · ETA 4m}. */
public final class ProgressLine {
    private static final String SEPARATOR = " · ";
    private static final int BAR = 20;

    private ProgressLine() {}

    /** Answers the line; {@code left} is the estimated time to the end. */
    public static String of(StudyView study, Optional<Duration> left) {
        List<String> parts = new ArrayList<>();
        parts.add("trials " + finishedOf(study));
        parts.add("running " + study.count("running"));
        addUnlessZero(parts, study, "pruned");
        addUnlessZero(parts, study, "infeasible");
        addUnlessZero(parts, study, "failed");
        study.best().ifPresent(best -> parts.add("best " + best(best)));
        if (!study.state().equals("RUNNING")) {
            parts.add(study.state().toLowerCase(Locale.ROOT));
        } else {
            study.waitingFor()
                    .filter(reason -> study.count("running") == 0)
                    .ifPresent(reason -> parts.add("waits: " + reason));
            left.ifPresent(duration -> parts.add("ETA " + Format.duration(duration)));
        }
        return String.join(SEPARATOR, parts);
    }

    /** The same for a terminal, with a bar before it where the budget bounds the trials. */
    public static String withBar(StudyView study, Optional<Duration> left, int width) {
        String line = of(study, left);
        if (study.budget().isPresent()) {
            double share =
                    Math.min(1.0, study.finished() / (double) study.budget().getAsInt());
            int filled = (int) Math.round(share * BAR);
            line = "█".repeat(filled) + "░".repeat(BAR - filled) + " " + line;
        }
        return Table.cut(line, width);
    }

    static String finishedOf(StudyView study) {
        return study.finished()
                + (study.budget().isPresent() ? "/" + study.budget().getAsInt() : "")
                + (study.imported() > 0 ? " (+" + study.imported() + " imported)" : "");
    }

    static String best(Best best) {
        return Format.objective(best.objective()) + " (#" + best.number() + ")";
    }

    private static void addUnlessZero(List<String> parts, StudyView study, String state) {
        if (study.count(state) > 0) {
            parts.add(state + " " + study.count(state));
        }
    }
}

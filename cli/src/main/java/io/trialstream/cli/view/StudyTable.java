package io.trialstream.cli.view;

import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.view.Table.Column;
import java.util.List;

/** All studies, one a line. */
public final class StudyTable {
    private StudyTable() {}

    /** Answers the lines of the table, each at most as wide as the screen. */
    public static List<String> lines(List<StudyView> studies, Screen screen) {
        if (studies.isEmpty()) {
            return List.of("no study yet; create one with: trialstream study create FILE");
        }
        Table table = Table.of(
                Column.left("NAME"),
                Column.left("ID"),
                Column.state("STATE"),
                Column.right("TRIALS"),
                Column.right("RUNNING"),
                Column.left("BEST"));
        for (StudyView study : studies) {
            table.row(
                    study.name(),
                    study.studyId(),
                    study.state(),
                    ProgressLine.finishedOf(study),
                    String.valueOf(study.count("running")),
                    study.best().map(ProgressLine::best).orElse(""));
        }
        return table.lines(screen);
    }
}

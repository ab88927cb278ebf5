package io.trialstream.cli.view;

import io.trialstream.cli.client.ArtifactView;
import io.trialstream.cli.view.Table.Column;
import java.util.List;

/** The files that a trial's runs left, one a line. */
public final class ArtifactTable {
    private ArtifactTable() {}

    /** Answers the lines of the table, each at most as wide as the screen. */
    public static List<String> lines(List<ArtifactView> files, Screen screen) {
        if (files.isEmpty()) {
            return List.of("no files yet; runs store them at checkpoints and at their end");
        }
        Table table = Table.of(Column.left("FILE"), Column.right("BYTES"), Column.left("RUN"));
        files.forEach(file -> table.row(file.name(), String.valueOf(file.bytes()), file.runId()));
        return table.lines(screen);
    }
}

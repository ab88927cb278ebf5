package io.trialstream.trainer.artifact;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A network as a table of text: a layer a line, with what it reads and what comes out. */
final class BlueprintText {
    private static final List<String> HEADINGS = List.of("LAYER", "KIND", "OUTPUT", "PARAMETERS", "READS");

    private BlueprintText() {}

    /** The table, and below it the sums. */
    static String of(NetworkBlueprint blueprint) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        blueprint.layers().forEach(layer -> rows.add(cells(layer)));
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .getAsInt())
                .toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                // The parameters are numbers.
                line.append(column == 3 ? padding + row.get(column) : row.get(column) + padding)
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.append(BlueprintDrawing.grouped(blueprint.parameters()))
                .append(" parameters, ")
                .append(BlueprintDrawing.grouped(blueprint.multiplyAdds()))
                .append(" multiply-adds an image\n")
                .toString();
    }

    private static List<String> cells(BlueprintLayer layer) {
        return List.of(
                layer.name(),
                BlueprintDrawing.kind(layer),
                BlueprintDrawing.shape(layer),
                layer.parameters() == 0 ? "" : BlueprintDrawing.grouped(layer.parameters()),
                String.join(", ", layer.inputs()));
    }
}

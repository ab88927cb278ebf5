package io.trialstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.TrialView;
import io.trialstream.cli.view.Table.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything about one trial: what it is, its metrics by epoch, every attempt at it, the files that those left. */
public final class TrialText {
    private TrialText() {}

    /** Answers the lines, each at most as wide as the screen, from the server's answers. */
    public static List<String> lines(JsonNode trial, JsonNode curve, JsonNode files, Screen screen) {
        TrialView view = TrialView.from(trial);
        List<String> lines = new ArrayList<>();
        lines.add(view.trialId() + "  " + view.state() + "  " + LeaderboardTable.origin(view)
                + (view.objective().isPresent()
                        ? "  objective " + Format.objective(view.objective().getAsDouble())
                        : ""));
        view.reason().ifPresent(reason -> lines.add("reason: " + Printable.of(reason)));
        lines.add("");
        view.configuration()
                .properties()
                .forEach(field -> lines.add(
                        Table.cut("  " + Printable.of(field.getKey() + ": " + field.getValue()), screen.columns())));
        addTable(lines, epochs(curve.path("epochs")), screen);
        addTable(lines, runs(trial.path("runs")), screen);
        addTable(lines, files(files), screen);
        return lines;
    }

    private static void addTable(List<String> lines, Table table, Screen screen) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines(screen));
        }
    }

    private static Table epochs(JsonNode points) {
        Set<String> metrics = new LinkedHashSet<>();
        points.forEach(point -> point.path("metrics").fieldNames().forEachRemaining(metrics::add));
        List<Column> columns = new ArrayList<>(List.of(Column.right("EPOCH"), Column.right("TIME")));
        metrics.forEach(metric -> columns.add(Column.right(metric)));
        Table table = Table.of(columns);
        for (JsonNode point : points) {
            List<String> cells = new ArrayList<>(List.of(
                    point.path("epoch").asText(),
                    Format.duration(
                            Duration.ofMillis(Math.round(point.path("seconds").asDouble() * 1000)))));
            metrics.forEach(metric -> cells.add(metric(point.path("metrics").path(metric))));
            table.row(cells);
        }
        return table;
    }

    private static Table files(JsonNode files) {
        Table table = Table.of(Column.left("FILE"), Column.right("BYTES"), Column.left("AT"));
        files.forEach(file -> table.row(
                file.path("name").asText(),
                file.path("bytes").asText(),
                file.path("path").asText()));
        return table;
    }

    private static String metric(JsonNode value) {
        return value.isNumber() ? Format.objective(value.asDouble()) : "-";
    }

    private static Table runs(JsonNode runs) {
        Table table = Table.of(
                Column.left("RUN"),
                Column.right("DISPATCH"),
                Column.left("TRAINER"),
                Column.state("STATE"),
                Column.right("EPOCHS"),
                Column.left("COUNTS"),
                Column.left("REASON"));
        for (JsonNode run : runs) {
            table.row(
                    run.path("runId").asText(),
                    run.path("dispatch").asText(),
                    run.path("trainerId").asText(),
                    run.path("state").asText(),
                    run.path("lastEpoch").asText(),
                    run.path("stands").asBoolean() ? "yes" : "",
                    run.path("reason").path("text").asText());
        }
        return table;
    }
}

package io.trialstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.TrialView;
import io.trialstream.cli.view.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of some trials as columns of a table, in the order of their configurations. A nested parameter is
 * named by its path, {@code layer.size}; where a trial does not have it, the cell is empty.
 */
final class TrialParameters {
    private final List<String> names;
    private final List<Map<String, String>> values;

    private TrialParameters(List<String> names, List<Map<String, String>> values) {
        this.names = names;
        this.values = values;
    }

    static TrialParameters all(List<TrialView> trials) {
        List<Map<String, String>> values =
                trials.stream().map(trial -> flattened(trial.configuration())).toList();
        Set<String> names = new LinkedHashSet<>();
        values.forEach(trial -> names.addAll(trial.keySet()));
        return new TrialParameters(List.copyOf(names), values);
    }

    /** Only those in which the trials differ; all of a single trial. */
    static TrialParameters differing(List<TrialView> trials) {
        TrialParameters all = all(trials);
        if (trials.size() == 1) {
            return all;
        }
        List<String> names = all.names.stream()
                .filter(name -> all.values.stream()
                                .map(trial -> trial.getOrDefault(name, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        return new TrialParameters(names, all.values);
    }

    /**
     * Answers a table of the given columns and, behind them, as many parameters as the screen has room for; at least
     * one. A last line names the others.
     */
    List<String> table(List<Column> columns, List<List<String>> rows, Screen screen) {
        int shown = names.size();
        while (shown > 1 && widthOf(columns, rows, shown) > screen.columns()) {
            shown--;
        }
        List<String> lines = new ArrayList<>(filled(columns, rows, shown).lines(screen));
        if (shown < names.size()) {
            lines.add(Table.cut(
                    "--wide also shows " + String.join(", ", names.subList(shown, names.size())), screen.columns()));
        }
        return lines;
    }

    private int widthOf(List<Column> columns, List<List<String>> rows, int shown) {
        return filled(columns, rows, shown).lines(Integer.MAX_VALUE).stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private Table filled(List<Column> columns, List<List<String>> rows, int shown) {
        List<Column> all = new ArrayList<>(columns);
        names.subList(0, shown).forEach(name -> all.add(Column.left(name)));
        Table table = Table.of(all);
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = new ArrayList<>(rows.get(row));
            for (String name : names.subList(0, shown)) {
                cells.add(values.get(row).getOrDefault(name, ""));
            }
            table.row(cells);
        }
        return table;
    }

    private static Map<String, String> flattened(JsonNode configuration) {
        Map<String, String> values = new LinkedHashMap<>();
        configuration.properties().forEach(field -> flatten(field.getKey(), field.getValue(), values));
        return values;
    }

    private static void flatten(String path, JsonNode value, Map<String, String> values) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(field -> flatten(path + "." + field.getKey(), field.getValue(), values));
        } else {
            values.put(path, Format.value(value));
        }
    }
}

package io.trialstream.results.api;

import io.trialstream.results.read.PlotData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Trials that have an objective as lines across axes, one axis a parameter and the objective as the last.
 *
 * @param studyId the study
 * @param metric the objective's metric
 * @param direction {@code maximize} or {@code minimize}
 * @param trials how many trials the study has
 * @param sampling how those shown were chosen, where not all are shown
 * @param axes what the columns mean
 * @param rows one list a trial: its number, then a value for each axis; null where a parameter took no part
 */
@Schema(description = "Axes, and a row for each trial: its number, then a value for each axis")
public record ParallelCoordinates(
        String studyId,
        String metric,
        String direction,
        int trials,
        Optional<PlotData.Sampling> sampling,
        List<Axis> axes,
        List<List<Object>> rows) {
    private static final String PREFIX = "configuration.";

    /**
     * An axis.
     *
     * @param name the parameter, or {@code objective}
     * @param type {@code number} or {@code category}
     * @param logarithmic whether the space draws it on a logarithmic scale
     * @param min the smallest value shown, of numbers
     * @param max the largest value shown, of numbers
     * @param categories the values shown, of categories
     */
    @Schema(name = "ParallelAxis")
    public record Axis(
            String name,
            @Schema(enumeration = {"number", "category"}) String type,
            boolean logarithmic,
            OptionalDouble min,
            OptionalDouble max,
            List<String> categories) {}

    /** The lines of a table; {@code logarithmic} names the parameters with such a scale. */
    static ParallelCoordinates of(Study study, PlotData data, Set<String> logarithmic) {
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < data.fields().size(); column++) {
            if (data.fields().get(column).startsWith(PREFIX)) {
                columns.add(column);
            }
        }
        int objective = data.fields().indexOf("objective");
        columns.add(objective);
        List<List<Object>> shown = data.rows().stream()
                .filter(row -> objective >= 0 && row.get(objective) != null)
                .toList();
        List<Axis> axes = columns.stream()
                .map(column -> axis(data.fields().get(column).replace(PREFIX, ""), column, shown, logarithmic))
                .toList();
        int number = data.fields().indexOf("number");
        return new ParallelCoordinates(
                study.studyId(),
                study.objective().metric(),
                study.objective().direction(),
                data.trials(),
                data.sampling(),
                axes,
                shown.stream().map(row -> line(row, number, columns, axes)).toList());
    }

    private static Axis axis(String name, int column, List<List<Object>> rows, Set<String> logarithmic) {
        List<Object> values = rows.stream()
                .map(row -> row.get(column))
                .filter(value -> value != null)
                .toList();
        if (values.stream().allMatch(Number.class::isInstance)) {
            double[] numbers = values.stream()
                    .mapToDouble(value -> ((Number) value).doubleValue())
                    .sorted()
                    .toArray();
            return new Axis(
                    name,
                    "number",
                    logarithmic.contains(name),
                    numbers.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(numbers[0]),
                    numbers.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(numbers[numbers.length - 1]),
                    List.of());
        }
        Set<String> categories = new TreeSet<>();
        rows.forEach(row -> categories.add(String.valueOf(row.get(column))));
        return new Axis(
                name, "category", false, OptionalDouble.empty(), OptionalDouble.empty(), List.copyOf(categories));
    }

    private static List<Object> line(List<Object> row, int number, List<Integer> columns, List<Axis> axes) {
        List<Object> line = new ArrayList<>();
        line.add(row.get(number));
        for (int i = 0; i < columns.size(); i++) {
            Object value = row.get(columns.get(i));
            line.add(axes.get(i).type().equals("category") ? String.valueOf(value) : value);
        }
        return line;
    }
}

package io.trialstream.benchmarks;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * A table of measured results: a CSV file with the columns {@code key}, any number of {@code v…} (one per training
 * seed, cells may be empty) and optionally {@code mean}. {@link TableKey} says how keys are formed.
 */
public final class TableObjective implements Objective {
    private final String name;
    private final TableKey keys;
    private final boolean maximise;
    private final int evaluations;
    private final Map<String, Row> rows;
    private final double bestMean;

    private record Row(double mean, double[] seeds) {}

    private TableObjective(String name, TableKey keys, boolean maximise, int evaluations, Map<String, Row> rows) {
        this.name = name;
        this.keys = keys;
        this.maximise = maximise;
        this.evaluations = evaluations;
        this.rows = rows;
        DoubleStream means = rows.values().stream().mapToDouble(Row::mean).filter(Double::isFinite);
        this.bestMean = (maximise ? means.max() : means.min())
                .orElseThrow(() -> new IllegalArgumentException(name + " has no row with a finite mean"));
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if its columns or keys do not fit
     */
    public static TableObjective read(Path file, SearchSpace space, boolean maximise, int evaluations) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the table " + file + " (" + e.getClass().getSimpleName() + ")", e);
        }
        if (lines.size() < 2) {
            throw new IllegalArgumentException("the table " + file + " has no rows");
        }
        List<String> columns = Arrays.asList(lines.get(0).split(",", -1));
        int keyColumn = columns.indexOf("key");
        if (keyColumn < 0) {
            throw new IllegalArgumentException("the table " + file + " has no column 'key' but " + columns);
        }
        Map<String, Row> rows = new HashMap<>(2 * lines.size());
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            if (cells.length != columns.size()) {
                throw new IllegalArgumentException("line " + (i + 1) + " of the table " + file + " has " + cells.length
                        + " cells, not " + columns.size());
            }
            rows.put(cells[keyColumn], row(columns, cells, file, i + 1));
        }
        TableKey keys = TableKey.like(lines.get(1).split(",", -1)[keyColumn], space);
        keys.requireIndices(rows.keySet());
        String name = file.getFileName().toString().replaceFirst("\\.csv$", "");
        return new TableObjective(name, keys, maximise, evaluations, rows);
    }

    private static Row row(List<String> columns, String[] cells, Path file, int line) {
        List<Double> seeds = new ArrayList<>();
        double mean = Double.NaN;
        for (int column = 0; column < cells.length; column++) {
            if (columns.get(column).startsWith("v") && !cells[column].isBlank()) {
                seeds.add(number(cells[column], columns.get(column), file, line));
            } else if (columns.get(column).equals("mean")) {
                mean = number(cells[column], "mean", file, line);
            }
        }
        double[] values = seeds.stream().mapToDouble(Double::doubleValue).toArray();
        return new Row(Double.isNaN(mean) ? Arrays.stream(values).average().orElse(Double.NaN) : mean, values);
    }

    private static double number(String cell, String column, Path file, int line) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "line " + line + " of the table " + file + ": " + column + " is not a number: '" + cell + "'");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SearchSpace space() {
        return keys.space();
    }

    @Override
    public boolean maximise() {
        return maximise;
    }

    @Override
    public int evaluations() {
        return evaluations;
    }

    @Override
    public double observe(Configuration configuration, RandomGenerator random) {
        Row row = rows.get(keys.of(configuration));
        return row == null || row.seeds().length == 0 ? Double.NaN : row.seeds()[random.nextInt(row.seeds().length)];
    }

    @Override
    public double regret(Configuration configuration) {
        double mean = rows.get(keys.of(configuration)).mean();
        return maximise ? bestMean - mean : mean - bestMean;
    }
}

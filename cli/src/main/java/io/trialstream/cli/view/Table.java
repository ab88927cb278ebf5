package io.trialstream.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of text in columns as wide as their widest cell, two spaces apart. Columns that are empty in all rows are left
 * out.
 */
final class Table {
    private static final String GAP = "  ";
    private static final String CUT = "…";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    /** A heading and on which side its cells stand. */
    record Column(String heading, boolean right) {
        static Column left(String heading) {
            return new Column(heading, false);
        }

        static Column right(String heading) {
            return new Column(heading, true);
        }
    }

    static Table of(Column... columns) {
        return new Table(List.of(columns));
    }

    Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(Arrays.asList(cells));
        return this;
    }

    /** Answers the heading and the rows; what passes {@code width} characters is cut. */
    List<String> lines(int width) {
        int[] widths = new int[columns.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = widthOf(column);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::heading).toList(), widths, width));
        rows.forEach(row -> lines.add(line(row, widths, width)));
        return lines;
    }

    private int widthOf(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return widest == 0 ? 0 : Math.max(widest, columns.get(column).heading().length());
    }

    private String line(List<String> cells, int[] widths, int width) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] > 0) {
                line.append(line.length() == 0 ? "" : GAP).append(padded(cells.get(column), widths[column], column));
            }
        }
        return cut(line.toString().stripTrailing(), width);
    }

    private String padded(String cell, int width, int column) {
        String padding = " ".repeat(width - cell.length());
        return columns.get(column).right() ? padding + cell : cell + padding;
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + CUT;
    }
}

package io.trialstream.cli.view;

import io.trialstream.cli.view.Screen.Style;
import java.util.ArrayList;
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
        this.columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param heading above it
     * @param right whether its cells stand at its right side
     * @param state whether its cells name states, which have colours
     */
    record Column(String heading, boolean right, boolean state) {
        Column {
            heading = Printable.of(heading);
        }

        static Column left(String heading) {
            return new Column(heading, false, false);
        }

        static Column right(String heading) {
            return new Column(heading, true, false);
        }

        static Column state(String heading) {
            return new Column(heading, false, true);
        }
    }

    static Table of(Column... columns) {
        return new Table(List.of(columns));
    }

    static Table of(List<Column> columns) {
        return new Table(columns);
    }

    Table row(String... cells) {
        return row(List.of(cells));
    }

    Table row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        // What others wrote must neither steer the terminal nor break the row.
        rows.add(cells.stream().map(Printable::of).toList());
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Answers the heading and the rows; what passes {@code width} characters is cut. */
    List<String> lines(int width) {
        return lines(Screen.plain(width));
    }

    /** Answers the heading and the rows; what passes the screen's width is cut. */
    List<String> lines(Screen screen) {
        List<Integer> shown = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            int width = widthOf(column);
            widths.add(width);
            if (width > 0) {
                shown.add(column);
            }
        }
        List<String> lines = new ArrayList<>();
        Line heading = new Line(screen);
        shown.forEach(column ->
                heading.add(padded(columns.get(column).heading(), widths.get(column), column), Style.HEADING));
        lines.add(heading.text());
        for (List<String> row : rows) {
            Line line = new Line(screen);
            shown.forEach(column -> line.add(
                    padded(row.get(column), widths.get(column), column),
                    columns.get(column).state() ? Style.ofState(row.get(column)) : Style.PLAIN));
            lines.add(line.text());
        }
        return lines;
    }

    private int widthOf(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return widest == 0 ? 0 : Math.max(widest, columns.get(column).heading().length());
    }

    private String padded(String cell, int width, int column) {
        String padding = " ".repeat(width - cell.length());
        return columns.get(column).right() ? padding + cell : cell + padding;
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + CUT;
    }

    /** A line that grows by cells, cut at the screen's edge: sequences for colours have no width. */
    private static final class Line {
        private final Screen screen;
        private final List<String> cells = new ArrayList<>();
        private final List<Style> styles = new ArrayList<>();

        Line(Screen screen) {
            this.screen = screen;
        }

        void add(String cell, Style style) {
            cells.add(cell);
            styles.add(style);
        }

        String text() {
            String plain = cut(String.join(GAP, cells).stripTrailing(), screen.columns());
            StringBuilder text = new StringBuilder();
            int from = 0;
            for (int i = 0; i < cells.size() && from < plain.length(); i++) {
                int to = Math.min(plain.length(), from + cells.get(i).length());
                text.append(screen.painted(plain.substring(from, to), styles.get(i)));
                from = Math.min(plain.length(), to + GAP.length());
                text.append(plain, to, from);
            }
            return text.toString();
        }
    }
}

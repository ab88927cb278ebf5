package io.trialstream.results.export;

import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;

/**
 * Lines of comma-separated values by RFC 4180. Texts that a spreadsheet would run as formulas get a leading apostrophe,
 * which makes them texts; numbers stay numbers.
 */
final class Csv {
    /** How a formula begins; blanks before it are skipped, line breaks among them. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";
    /** The semicolon, and the tab, separate values where the comma is a decimal sign. */
    private static final String QUOTED = ",;\t\"\r\n";

    private final Writer out;
    private final boolean defusing;

    /** Writes to {@code out}; {@code defusing} says whether formulas get their apostrophe. */
    Csv(Writer out, boolean defusing) {
        this.out = out;
        this.defusing = defusing;
    }

    /** Writes a line of texts and numbers. */
    void line(Iterable<?> values) throws IOException {
        Iterator<?> rest = values.iterator();
        while (rest.hasNext()) {
            out.write(cell(rest.next()));
            out.write(rest.hasNext() ? "," : "\r\n");
        }
    }

    private String cell(Object value) {
        String text = value.toString();
        return quoted(defusing && !(value instanceof Number) && isFormula(text) ? "'" + text : text);
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> QUOTED.indexOf(c) >= 0);
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}

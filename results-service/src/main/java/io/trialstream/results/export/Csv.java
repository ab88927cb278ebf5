package io.trialstream.results.export;

import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;

/** Lines of comma-separated values after RFC 4180. */
final class Csv {

    private Csv() {}

    /** Writes a line. */
    static void line(Writer out, Iterable<String> values) throws IOException {
        Iterator<String> rest = values.iterator();
        while (rest.hasNext()) {
            out.write(quoted(rest.next()));
            out.write(rest.hasNext() ? "," : "\r\n");
        }
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}

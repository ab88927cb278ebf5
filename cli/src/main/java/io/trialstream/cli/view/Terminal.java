package io.trialstream.cli.view;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a command writes to: lines, and on a terminal one last line that is drawn anew in its place.
 *
 * <p>Safe for use by several threads; a shutdown hook writes too.
 */
public final class Terminal {
    private static final int DEFAULT_COLUMNS = 160;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final BufferedReader in;
    private final boolean interactive;
    private final int columns;
    private String lastStatus = "";
    private String drawn = "";
    private boolean statusEnded;

    /** Writes to {@code out}; {@code interactive} says whether somebody watches. */
    public Terminal(PrintStream out, boolean interactive, int columns) {
        this(out, InputStream.nullInputStream(), interactive, columns);
    }

    /** The same, reading answers from {@code in}. */
    public Terminal(PrintStream out, InputStream in, boolean interactive, int columns) {
        this.out = out;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.interactive = interactive;
        this.columns = columns;
    }

    /**
     * The terminal of this process. Whether it is one is said by the launcher script, which can ask the system:
     * {@code -Dtrialstream.columns} is its width, absent where the output goes elsewhere.
     */
    public static Terminal ofThisProcess() {
        Integer columns = Integer.getInteger("trialstream.columns");
        boolean interactive = columns != null && columns > 0;
        return new Terminal(utf8Output(), System.in, interactive, interactive ? columns : DEFAULT_COLUMNS);
    }

    /**
     * The progress line has characters that the system's own encoding need not have; it has UTF-8 nearly everywhere.
     */
    private static PrintStream utf8Output() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    }

    /** Answers the width in characters. */
    public int columns() {
        return columns;
    }

    /** Whether somebody watches. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Writes a line above the one that is drawn anew. */
    public synchronized void line(String text) {
        out.print((drawn.isEmpty() ? "" : CLEAR_LINE) + text + "\n" + drawn);
        out.flush();
    }

    /** A line that the user types, null where nobody can. */
    public String readLine() {
        try {
            return in.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    /** Writes lines. */
    public synchronized void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    /** Draws the last line anew; elsewhere than on a terminal, writes it if it says something new. */
    public synchronized void status(String text) {
        if (statusEnded || text.equals(lastStatus)) {
            return;
        }
        lastStatus = text;
        if (interactive) {
            drawn = text;
            out.print(CLEAR_LINE + text);
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** Leaves the last line as it is and goes on below it. */
    public synchronized void endStatus() {
        if (!drawn.isEmpty()) {
            out.println();
            out.flush();
            drawn = "";
        }
    }

    /** As {@link #endStatus}, and draws no status any more: whatever is followed ends now. */
    public synchronized void endStatusForGood() {
        endStatus();
        statusEnded = true;
    }
}

package io.trialstream.cli.view;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a command writes to: lines, and on a terminal one last line that is drawn anew in its place.
 *
 * <p>A <em>line</em> is what the command was asked for; a <em>note</em> and the <em>status</em> only accompany it, and
 * are left out when the terminal is quiet.
 *
 * <p>Safe for use by several threads; a shutdown hook writes too.
 */
public final class Terminal {
    private static final int DEFAULT_COLUMNS = 160;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final InputStream input;
    private final BufferedReader answers;
    private final boolean interactive;
    private final Screen screen;
    private boolean quiet;
    private String lastStatus = "";
    private String drawn = "";
    private boolean statusEnded;

    /** Writes to {@code out}; {@code interactive} says whether somebody watches. */
    public Terminal(PrintStream out, boolean interactive, int columns) {
        this(out, InputStream.nullInputStream(), interactive, columns);
    }

    /** The same, reading what the user types or pipes from {@code in}. */
    public Terminal(PrintStream out, InputStream in, boolean interactive, int columns) {
        this(out, in, interactive, new Screen(columns, false));
    }

    private Terminal(PrintStream out, InputStream in, boolean interactive, Screen screen) {
        this.out = out;
        this.input = in;
        this.answers = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.interactive = interactive;
        this.screen = screen;
    }

    /**
     * The terminal of this process. Whether it is one is said by the launcher script, which can ask the system:
     * {@code -Dtrialstream.columns} is its width, absent where the output goes elsewhere.
     */
    public static Terminal ofThisProcess() {
        Integer columns = Integer.getInteger("trialstream.columns");
        boolean interactive = columns != null && columns > 0;
        Screen screen = new Screen(
                interactive ? columns : DEFAULT_COLUMNS, interactive && Screen.wantsColours(System.getenv()));
        return new Terminal(utf8Output(), System.in, interactive, screen);
    }

    /**
     * The progress line has characters that the system's own encoding need not have; it has UTF-8 nearly everywhere.
     */
    private static PrintStream utf8Output() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    }

    /** Answers what can be shown. */
    public Screen screen() {
        return screen;
    }

    /** Answers the width in characters. */
    public int columns() {
        return screen.columns();
    }

    /** Whether somebody watches. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Leaves out notes and progress from now on. */
    public synchronized void beQuiet() {
        quiet = true;
    }

    /** Answers the standard input, for a file that is read from it. */
    public InputStream input() {
        return input;
    }

    /** Answers the standard output, for a file that is written to it. */
    public OutputStream output() {
        return out;
    }

    /** Writes a line that accompanies what the command was asked for; a quiet terminal leaves it out. */
    public synchronized void note(String text) {
        if (!quiet) {
            line(text);
        }
    }

    /** Writes a line above the one that is drawn anew. */
    public synchronized void line(String text) {
        out.print((drawn.isEmpty() ? "" : CLEAR_LINE) + text + "\n" + drawn);
        out.flush();
    }

    /** A line that the user types, null where nobody can. */
    public String readLine() {
        try {
            return answers.readLine();
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
        if (quiet || statusEnded || text.equals(lastStatus)) {
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

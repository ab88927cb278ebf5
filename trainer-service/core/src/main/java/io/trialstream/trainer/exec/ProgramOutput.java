package io.trialstream.trainer.exec;

import io.trialstream.trainer.workload.ArtifactSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a program prints, to both of its streams: the run's log. Its last lines are remembered for the reason of a
 * failure. Confined to one thread.
 */
final class ProgramOutput {
    /** The artifact's name. */
    static final String NAME = "output.log";

    private static final String NOTE = "trialstream: ";
    private static final String CONTROLS =
            "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)|[\\p{Cntrl}&&[^\t]]";
    private static final int MAX_LINE_BYTES = 4096;
    private static final int PIECES_PER_LOOK = 16;
    private static final int LAST_LINES = 10;
    private static final int SHOWN_CHARACTERS = 200;
    private static final long PART_BYTES = 1 << 20;

    private final Path path;
    private final FollowedFile file;
    private final Lines lines = new Lines(MAX_LINE_BYTES);
    private final Deque<String> last = new ArrayDeque<>();
    private long stored;

    ProgramOutput(Path path) {
        this.path = path;
        this.file = new FollowedFile(path);
    }

    /**
     * Gives on lines since the last call, without colours and other controls; all of them once the program has ended. One
     * that prints faster than it is read does not keep its reader from everything else.
     */
    void next(boolean ended, Consumer<Lines.Line> taker) throws IOException {
        byte[] piece = file.next();
        for (int pieces = 1; piece.length > 0; pieces++) {
            lines.add(piece, line -> take(line, taker));
            piece = ended || pieces < PIECES_PER_LOOK ? file.next() : new byte[0];
        }
        if (ended) {
            lines.finish(line -> take(line, taker));
        }
    }

    /** How much was printed. */
    long size() throws IOException {
        return Files.size(path);
    }

    /** Adds a line of the trainer's own. */
    void note(String text) throws IOException {
        Files.write(path, (NOTE + text + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }

    /** Its last lines, for people; they begin on a new line where there are any. */
    String lastLines() {
        return last.isEmpty() ? "it printed nothing" : "its last lines:\n" + String.join("\n", last);
    }

    /** Stores the log as it is now, unless it is stored; of a long one the middle is left out. */
    void store(ArtifactSink sink) throws IOException {
        long size = size();
        if (size != stored) {
            sink.put(NAME, this::copyTo);
            stored = size;
        }
    }

    private void take(Lines.Line line, Consumer<Lines.Line> taker) {
        String text =
                line.text().replaceAll(CONTROLS, "").replace('\uFFFD', '?').stripTrailing();
        if (text.isBlank() || text.startsWith(NOTE)) {
            return;
        }
        if (!line.provisional()) {
            last.addLast(text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…");
            if (last.size() > LAST_LINES) {
                last.removeFirst();
            }
        }
        taker.accept(new Lines.Line(text, line.provisional()));
    }

    private void copyTo(OutputStream out) throws IOException {
        try (RandomAccessFile source = new RandomAccessFile(path.toFile(), "r")) {
            long size = source.length();
            copy(source, Math.min(size, size <= 2 * PART_BYTES ? size : PART_BYTES), out);
            if (size > 2 * PART_BYTES) {
                long left = size - 2 * PART_BYTES;
                out.write(("\n" + NOTE + left + " bytes are left out here\n").getBytes(StandardCharsets.UTF_8));
                source.seek(size - PART_BYTES);
                copy(source, PART_BYTES, out);
            }
        }
    }

    private static void copy(RandomAccessFile source, long bytes, OutputStream out) throws IOException {
        byte[] part = new byte[(int) bytes];
        source.readFully(part);
        out.write(part);
    }
}

package io.trialstream.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A log file that a process writes: its end, then what is added. Not for use by several threads. */
final class LogFile {
    private static final int BLOCK = 8 << 10;

    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;

    LogFile(Path file) {
        this.file = file;
    }

    /** Answers the last lines that there are, reading no more of the file than it must. */
    List<String> last(int count) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            position = startOfLast(log, count);
            List<String> lines = read(log);
            if (unfinished.size() > 0) {
                // A process that died in the middle of a line has said this much.
                lines.add(unfinished.toString(StandardCharsets.UTF_8));
                unfinished.reset();
            }
            return count == 0 ? List.of() : lines;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Answers the whole lines that came since; all of a file that was begun anew. */
    List<String> more() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            if (log.length() < position) {
                position = 0;
                unfinished.reset();
            }
            return read(log);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private long startOfLast(RandomAccessFile log, int count) throws IOException {
        long end = log.length();
        if (count == 0) {
            return end;
        }
        int newlines = 0;
        byte[] block = new byte[BLOCK];
        for (long from = end; from > 0; ) {
            int length = (int) Math.min(BLOCK, from);
            from -= length;
            log.seek(from);
            log.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                boolean lastByte = from + i == end - 1;
                if (block[i] == '\n' && !lastByte && ++newlines == count) {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    private List<String> read(RandomAccessFile log) throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] block = new byte[BLOCK];
        log.seek(position);
        for (int read = log.read(block); read > 0; read = log.read(block)) {
            for (int i = 0; i < read; i++) {
                if (block[i] == '\n') {
                    lines.add(unfinished.toString(StandardCharsets.UTF_8));
                    unfinished.reset();
                } else {
                    unfinished.write(block[i]);
                }
            }
            position += read;
        }
        return lines;
    }

    private CommandException unreadable(IOException e) {
        return new CommandException("cannot read " + file + ": " + e.getMessage());
    }
}

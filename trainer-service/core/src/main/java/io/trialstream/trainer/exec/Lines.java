package io.trialstream.trainer.exec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Parts bytes into lines. A carriage return ends a line that may be written over, as progress bars do. Of a line that is
 * longer than the bound only the beginning is kept. Confined to one thread.
 */
final class Lines {
    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean afterReturn;

    /**
     * A line of text.
     *
     * @param text without its end
     * @param provisional whether it ended with a carriage return and may be written over
     */
    record Line(String text, boolean provisional) {}

    Lines(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes more bytes and gives on each line that they complete. */
    void add(byte[] bytes, Consumer<Line> taker) {
        for (byte one : bytes) {
            if (one == '\n') {
                end(false, taker);
            } else {
                if (afterReturn) {
                    end(true, taker);
                }
                if (one == '\r') {
                    afterReturn = true;
                } else if (line.size() < maxBytes) {
                    line.write(one);
                }
            }
        }
    }

    /** Gives on the last line, which had no end. */
    void finish(Consumer<Line> taker) {
        if (line.size() > 0) {
            end(false, taker);
        }
    }

    private void end(boolean provisional, Consumer<Line> taker) {
        afterReturn = false;
        Line ended = new Line(line.toString(StandardCharsets.UTF_8), provisional);
        line.reset();
        taker.accept(ended);
    }
}

package io.trialstream.trainer.exec;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what is appended to a file, piece by piece. Confined to one thread. */
final class FollowedFile {
    private static final int PIECE_BYTES = 1 << 16;

    private final Path path;
    private long position;

    FollowedFile(Path path) {
        this.path = path;
    }

    /** What was appended since the last call, at most 64 KiB of it; empty where there is nothing new. */
    byte[] next() throws IOException {
        if (!Files.exists(path)) {
            return new byte[0];
        }
        long size = Files.size(path);
        if (size < position) {
            // Cut short by whoever writes it: what is there now is new.
            position = 0;
        }
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, size - position)];
        if (piece.length > 0) {
            // Not a channel, which an interrupt of the reading thread would close.
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                file.seek(position);
                file.readFully(piece);
            }
            position += piece.length;
        }
        return piece;
    }
}

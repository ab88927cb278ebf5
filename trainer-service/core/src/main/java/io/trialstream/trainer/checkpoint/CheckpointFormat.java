package io.trialstream.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a checkpoint: magic, length and text of the JSON header, then arrays (name, kind {@code f}, {@code d} or
 * {@code b}, length, values), then an empty name, then SHA-256 of all bytes before it. Big-endian throughout, names as in {@link
 * java.io.DataOutput#writeUTF}.
 */
final class CheckpointFormat {
    static final byte[] MAGIC = "TSCKPT01".getBytes(StandardCharsets.US_ASCII);
    static final int DIGEST_BYTES = 32;
    static final char FLOATS = 'f';
    static final char DOUBLES = 'd';
    static final char BYTES = 'b';
    static final ObjectMapper JSON = new ObjectMapper();

    private CheckpointFormat() {}
}

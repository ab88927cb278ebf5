package io.trialstream.trainer.checkpoint;

import io.trialstream.space.Sha256;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.util.HashSet;
import java.util.Set;

/** Writes the {@link CheckpointFormat}. The stream stays open. */
final class CheckpointWriter implements StateSink {
    private static final int CHUNK_BYTES = 1 << 16;

    private final DigestOutputStream digested;
    private final DataOutputStream out;
    private final Set<String> names = new HashSet<>();

    CheckpointWriter(OutputStream target, CheckpointHeader header) throws IOException {
        this.digested = new DigestOutputStream(new BufferedOutputStream(target, CHUNK_BYTES), Sha256.digest());
        this.out = new DataOutputStream(digested);
        byte[] text = CheckpointFormat.JSON.writeValueAsBytes(header);
        out.write(CheckpointFormat.MAGIC);
        out.writeInt(text.length);
        out.write(text);
    }

    @Override
    public void put(String name, float[] values) {
        begin(name, CheckpointFormat.FLOATS, values.length);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (int from = 0; from < values.length; from += CHUNK_BYTES / Float.BYTES) {
            int count = Math.min(CHUNK_BYTES / Float.BYTES, values.length - from);
            chunk.clear().asFloatBuffer().put(values, from, count);
            write(chunk.array(), count * Float.BYTES);
        }
    }

    @Override
    public void put(String name, double[] values) {
        begin(name, CheckpointFormat.DOUBLES, values.length);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (int from = 0; from < values.length; from += CHUNK_BYTES / Double.BYTES) {
            int count = Math.min(CHUNK_BYTES / Double.BYTES, values.length - from);
            chunk.clear().asDoubleBuffer().put(values, from, count);
            write(chunk.array(), count * Double.BYTES);
        }
    }

    @Override
    public void put(String name, byte[] values) {
        begin(name, CheckpointFormat.BYTES, values.length);
        write(values, values.length);
    }

    /** Ends the checkpoint with its checksum. */
    void finish() throws IOException {
        out.writeUTF("");
        digested.on(false);
        out.write(digested.getMessageDigest().digest());
        out.flush();
    }

    private void begin(String name, char kind, int length) {
        if (name.isEmpty() || !names.add(name)) {
            throw new IllegalArgumentException("an array has no name, or another's: '" + name + "'");
        }
        try {
            out.writeUTF(name);
            out.writeByte(kind);
            out.writeInt(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

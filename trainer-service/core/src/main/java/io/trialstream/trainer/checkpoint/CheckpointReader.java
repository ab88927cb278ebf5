package io.trialstream.trainer.checkpoint;

import io.trialstream.space.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the {@link CheckpointFormat}: first every byte, to verify it, then arrays as they are asked for. Not over a
 * channel, which an interrupt of the reading thread would close.
 */
final class CheckpointReader implements StoredCheckpoint {
    private static final int CHUNK_BYTES = 1 << 16;

    /** Where an array's values lie. */
    private record Place(char kind, int length, long offset) {}

    private final RandomAccessFile file;
    private final CheckpointHeader header;
    private final Map<String, Place> arrays = new HashMap<>();

    private CheckpointReader(RandomAccessFile file) throws IOException, UnusableCheckpointException {
        this.file = file;
        verify();
        file.seek(CheckpointFormat.MAGIC.length);
        byte[] text = new byte[file.readInt()];
        file.readFully(text);
        int version = CheckpointFormat.JSON.readTree(text).path("schemaVersion").asInt();
        if (version != CheckpointHeader.SCHEMA_VERSION) {
            throw new UnusableCheckpointException(
                    "it is of form " + version + ", known is " + CheckpointHeader.SCHEMA_VERSION);
        }
        this.header = CheckpointFormat.JSON.readValue(text, CheckpointHeader.class);
        index();
    }

    static CheckpointReader open(Path path) throws UnusableCheckpointException {
        RandomAccessFile file = null;
        try {
            file = new RandomAccessFile(path.toFile(), "r");
            return new CheckpointReader(file);
        } catch (IOException | RuntimeException e) {
            close(file);
            throw new UnusableCheckpointException("it cannot be read: " + e, e);
        } catch (UnusableCheckpointException e) {
            close(file);
            throw e;
        }
    }

    @Override
    public CheckpointHeader header() {
        return header;
    }

    @Override
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    @Override
    public float[] floats(String name) {
        Place place = placeOf(name, CheckpointFormat.FLOATS);
        float[] values = new float[place.length()];
        read(place, Float.BYTES, (chunk, from, count) -> chunk.asFloatBuffer().get(values, from, count));
        return values;
    }

    @Override
    public double[] doubles(String name) {
        Place place = placeOf(name, CheckpointFormat.DOUBLES);
        double[] values = new double[place.length()];
        read(place, Double.BYTES, (chunk, from, count) -> chunk.asDoubleBuffer().get(values, from, count));
        return values;
    }

    @Override
    public byte[] bytes(String name) {
        Place place = placeOf(name, CheckpointFormat.BYTES);
        byte[] values = new byte[place.length()];
        try {
            file.seek(place.offset());
            file.readFully(values);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void verify() throws IOException, UnusableCheckpointException {
        long content = file.length() - CheckpointFormat.DIGEST_BYTES;
        byte[] magic = new byte[CheckpointFormat.MAGIC.length];
        if (content < magic.length) {
            throw new UnusableCheckpointException("it is cut short to " + file.length() + " bytes");
        }
        MessageDigest digest = Sha256.digest();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long done = 0; done < content; ) {
            int count = (int) Math.min(chunk.length, content - done);
            file.readFully(chunk, 0, count);
            if (done == 0) {
                System.arraycopy(chunk, 0, magic, 0, magic.length);
            }
            digest.update(chunk, 0, count);
            done += count;
        }
        byte[] expected = new byte[CheckpointFormat.DIGEST_BYTES];
        file.readFully(expected);
        if (!Arrays.equals(magic, CheckpointFormat.MAGIC)) {
            throw new UnusableCheckpointException("it is no checkpoint");
        }
        if (!MessageDigest.isEqual(digest.digest(), expected)) {
            throw new UnusableCheckpointException("its checksum differs: it is cut short or damaged");
        }
    }

    private void index() throws IOException {
        for (String name = file.readUTF(); !name.isEmpty(); name = file.readUTF()) {
            char kind = (char) file.readUnsignedByte();
            int length = file.readInt();
            arrays.put(name, new Place(kind, length, file.getFilePointer()));
            file.seek(file.getFilePointer() + (long) length * bytesOf(kind));
        }
    }

    private static int bytesOf(char kind) throws EOFException {
        return switch (kind) {
            case CheckpointFormat.FLOATS -> Float.BYTES;
            case CheckpointFormat.DOUBLES -> Double.BYTES;
            case CheckpointFormat.BYTES -> Byte.BYTES;
            default -> throw new EOFException("an array is of unknown kind " + (int) kind);
        };
    }

    private Place placeOf(String name, char kind) {
        Place place = arrays.get(name);
        if (place == null || place.kind() != kind) {
            throw new IllegalArgumentException("the checkpoint has no array '" + name + "' of this kind");
        }
        return place;
    }

    @FunctionalInterface
    private interface ChunkTaker {
        void take(ByteBuffer chunk, int from, int count);
    }

    private void read(Place place, int width, ChunkTaker taker) {
        try {
            file.seek(place.offset());
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int from = 0; from < place.length(); from += CHUNK_BYTES / width) {
                int count = Math.min(CHUNK_BYTES / width, place.length() - from);
                file.readFully(chunk, 0, count * width);
                taker.take(ByteBuffer.wrap(chunk), from, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // What is told is why it could not be read.
        }
    }
}

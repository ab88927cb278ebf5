package io.trialstream.trainer.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * An event file for TensorBoard, built up in memory: TFRecords (little-endian length, its masked CRC-32C, payload, its
 * masked CRC-32C) around Event messages, the first of which names the format. Not thread-safe.
 *
 * <p>Event: wall_time = 1, step = 2, file_version = 3, summary = 5. Summary: value = 1. Value: tag = 1, simple_value =
 * 2, histo = 5.
 */
public final class EventLog {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    /** Empty, begun at this time. */
    public EventLog(Instant begun) {
        record(new ProtoMessage().real(1, seconds(begun)).text(3, VERSION));
    }

    /** Adds a step's scalars, one for each tag. */
    public void scalars(Instant at, long step, Map<String, Double> values) {
        ProtoMessage summary = new ProtoMessage();
        values.forEach((tag, value) ->
                summary.message(1, new ProtoMessage().text(1, tag).shortReal(2, value.floatValue())));
        record(new ProtoMessage().real(1, seconds(at)).integer(2, step).message(5, summary));
    }

    /** Adds a step's histograms of these values, one for each tag. */
    public void histograms(Instant at, long step, Map<String, float[]> values) {
        ProtoMessage summary = new ProtoMessage();
        values.forEach((tag, numbers) -> summary.message(
                1,
                new ProtoMessage().text(1, tag).message(5, Histogram.of(numbers).toMessage())));
        record(new ProtoMessage().real(1, seconds(at)).integer(2, step).message(5, summary));
    }

    /** The file so far. */
    public byte[] toBytes() {
        return records.toByteArray();
    }

    private void record(ProtoMessage event) {
        byte[] payload = event.toBytes();
        byte[] length = littleEndian(Long.BYTES).putLong(payload.length).array();
        records.writeBytes(length);
        records.writeBytes(checksum(length));
        records.writeBytes(payload);
        records.writeBytes(checksum(payload));
    }

    private static byte[] checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int masked = Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
        return littleEndian(Integer.BYTES).putInt(masked).array();
    }

    private static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

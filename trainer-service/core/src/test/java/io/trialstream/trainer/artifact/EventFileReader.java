package io.trialstream.trainer.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Reads event files, written against the format's description and not with the writer's code: every checksum is
 * computed bit by bit, and whatever it does not expect is an error.
 */
public final class EventFileReader {
    private static final int CASTAGNOLI = 0x82F63B78;

    private EventFileReader() {}

    /** One line {@code step tag value} for each scalar. */
    public static List<String> scalars(byte[] file) {
        List<String> lines = new ArrayList<>();
        List<byte[]> records = records(file);
        for (byte[] event : records.subList(1, records.size())) {
            long[] step = {0};
            fields(event, (field, value) -> {
                if (field == 2) {
                    step[0] = (long) value;
                } else if (field == 5) {
                    fields((byte[]) value, (one, tagged) -> lines.add(step[0] + " " + scalar((byte[]) tagged)));
                }
            });
        }
        return lines;
    }

    /** The payloads; the first must name the format. */
    static List<byte[]> records(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            requireChecksum(length, in.getInt());
            byte[] payload = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            in.get(payload);
            requireChecksum(payload, in.getInt());
            records.add(payload);
        }
        List<String> version = new ArrayList<>();
        fields(records.get(0), (field, value) -> {
            if (field == 3) {
                version.add(new String((byte[]) value, StandardCharsets.UTF_8));
            }
        });
        if (!version.equals(List.of("brain.Event:2"))) {
            throw new IllegalStateException("the file begins with " + version);
        }
        return records;
    }

    /** Calls with field number and Long, Double, Float or bytes. */
    static void fields(byte[] message, BiConsumer<Integer, Object> visitor) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> visitor.accept(field, varint(in));
                case 1 -> visitor.accept(field, in.getDouble());
                case 2 -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    visitor.accept(field, bytes);
                }
                case 5 -> visitor.accept(field, in.getFloat());
                default -> throw new IllegalStateException("unexpected wire type in tag " + tag);
            }
        }
    }

    private static String scalar(byte[] value) {
        String[] parts = new String[2];
        fields(value, (field, content) -> {
            if (field == 1) {
                parts[0] = new String((byte[]) content, StandardCharsets.UTF_8);
            } else if (field == 2) {
                parts[1] = content.toString();
            } else {
                throw new IllegalStateException("unexpected field " + field);
            }
        });
        return parts[0] + " " + parts[1];
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static void requireChecksum(byte[] bytes, int masked) {
        int crc = ~0;
        for (byte one : bytes) {
            crc ^= one & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : CASTAGNOLI);
            }
        }
        crc = ~crc;
        int expected = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
        if (expected != masked) {
            throw new IllegalStateException("checksum differs");
        }
    }
}

package io.trialstream.trainer.exec;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the scalars of an event file as they are appended: TFRecords around Event messages (step = 2, summary = 5), with
 * values (tag = 1, simple_value = 2, tensor = 8). A tensor of one number counts as a scalar, as TensorFlow 2 writes
 * them. Checksums are left alone: a record that is not whole yet is waited for. Confined to one thread.
 */
final class EventFile {
    private static final int HEADER_BYTES = 12;
    private static final int FOOTER_BYTES = 4;
    private static final int MAX_RECORD_BYTES = 1 << 26;
    private static final int DT_FLOAT = 1;
    private static final int DT_DOUBLE = 2;

    private final FollowedFile file;
    private byte[] rest = new byte[0];
    private boolean damaged;

    /** Gets each scalar. */
    @FunctionalInterface
    interface Scalars {
        void scalar(long step, String tag, double value);
    }

    EventFile(FollowedFile file) {
        this.file = file;
    }

    /** Gives on the scalars since the last call. */
    void next(Scalars taker) throws IOException {
        for (byte[] piece = file.next(); piece.length > 0 && !damaged; piece = file.next()) {
            byte[] all = Arrays.copyOf(rest, rest.length + piece.length);
            System.arraycopy(piece, 0, all, rest.length, piece.length);
            rest = all;
            records(taker);
        }
    }

    private void records(Scalars taker) {
        ByteBuffer in = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= HEADER_BYTES) {
            long length = in.getLong(in.position());
            if (length < 0 || length > MAX_RECORD_BYTES) {
                damaged = true;
                return;
            }
            if (in.remaining() < HEADER_BYTES + length + FOOTER_BYTES) {
                break;
            }
            event(in.slice(in.position() + HEADER_BYTES, (int) length), taker);
            in.position(in.position() + HEADER_BYTES + (int) length + FOOTER_BYTES);
        }
        rest = Arrays.copyOfRange(rest, in.position(), rest.length);
    }

    private static void event(ByteBuffer event, Scalars taker) {
        long[] step = {0};
        try {
            fields(event, (field, number, bytes) -> {
                if (field == 2) {
                    step[0] = number;
                } else if (field == 5 && bytes != null) {
                    fields(bytes, (one, ignored, value) -> {
                        if (one == 1 && value != null) {
                            value(step[0], value, taker);
                        }
                    });
                }
            });
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // No event message: nothing that a program meant as a metric.
        }
    }

    private static void value(long step, ByteBuffer message, Scalars taker) {
        String[] tag = {null};
        double[] value = {0};
        boolean[] found = {false};
        fields(message, (field, number, bytes) -> {
            if (field == 1 && bytes != null) {
                tag[0] = StandardCharsets.UTF_8.decode(bytes).toString();
            } else if (field == 2) {
                value[0] = Float.intBitsToFloat((int) number);
                found[0] = true;
            } else if (field == 8 && bytes != null) {
                double tensor = tensor(bytes);
                value[0] = tensor;
                found[0] = true;
            }
        });
        if (tag[0] != null && found[0]) {
            taker.scalar(step, tag[0], value[0]);
        }
    }

    /** The one number of a tensor (dtype = 1, tensor_content = 4, float_val = 5, double_val = 6), or NaN. */
    private static double tensor(ByteBuffer message) {
        long[] type = {0};
        double[] value = {Double.NaN};
        fields(message, (field, number, bytes) -> {
            if (field == 1) {
                type[0] = number;
            } else if ((field == 4 || field == 5 || field == 6) && bytes != null) {
                ByteBuffer content = bytes.order(ByteOrder.LITTLE_ENDIAN);
                boolean isFloat = field == 5 || type[0] == DT_FLOAT;
                if (isFloat && content.remaining() == Float.BYTES) {
                    value[0] = content.getFloat();
                } else if ((field == 6 || type[0] == DT_DOUBLE) && content.remaining() == Double.BYTES) {
                    value[0] = content.getDouble();
                }
            }
        });
        return value[0];
    }

    /** Gets a field: its number or bits, or its bytes. */
    @FunctionalInterface
    private interface Fields {
        void field(int field, long number, ByteBuffer bytes);
    }

    private static void fields(ByteBuffer message, Fields taker) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> taker.field(field, varint(in), null);
                case 1 -> taker.field(field, in.getLong(), null);
                case 2 -> {
                    int length = (int) varint(in);
                    taker.field(field, 0, in.slice(in.position(), length));
                    in.position(in.position() + length);
                }
                case 5 -> taker.field(field, in.getInt(), null);
                default -> throw new IllegalArgumentException("unknown kind of field in tag " + tag);
            }
        }
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
}

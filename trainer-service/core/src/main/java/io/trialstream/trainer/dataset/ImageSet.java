package io.trialstream.trainer.dataset;

import java.nio.ByteBuffer;

/**
 * Labelled images as unsigned bytes, one record after the other in the layout of CIFAR-100's binary release: one byte
 * of coarse label, one byte of fine label, then the channels' planes, each row by row. The buffer may be a mapped
 * file, which processes on one machine then share. Immutable and thread-safe.
 */
public final class ImageSet {

    /** Label bytes before a record's pixels. */
    static final int LABEL_BYTES = 2;

    private static final float[] SCALED = new float[256];

    static {
        for (int value = 0; value < SCALED.length; value++) {
            SCALED[value] = value / 255f - 0.5f;
        }
    }

    private final ByteBuffer records;
    private final int height;
    private final int width;
    private final int pixels;
    private final int recordBytes;
    private final int size;

    /**
     * @param records whole records from position 0 to the limit; must not be written to any more
     * @throws IllegalArgumentException if the buffer does not hold whole records
     */
    public ImageSet(ByteBuffer records, int channels, int height, int width) {
        this.records = records.asReadOnlyBuffer();
        this.height = height;
        this.width = width;
        this.pixels = channels * height * width;
        this.recordBytes = LABEL_BYTES + pixels;
        if (records.limit() % recordBytes != 0) {
            throw new IllegalArgumentException("not whole records of " + recordBytes + " bytes: " + records.limit());
        }
        this.size = records.limit() / recordBytes;
    }

    /** How many images there are. */
    public int size() {
        return size;
    }

    /** Values of one image: channels x height x width. */
    public int pixels() {
        return pixels;
    }

    /** The fine label of image {@code index}, from 0. */
    public int fineLabel(int index) {
        return Byte.toUnsignedInt(records.get(index * recordBytes + 1));
    }

    /** The coarse label of image {@code index}, from 0. */
    public int coarseLabel(int index) {
        return Byte.toUnsignedInt(records.get(index * recordBytes));
    }

    /** A pixel's byte, 0 to 255, as networks see it. */
    public static float scaled(int value) {
        return SCALED[value];
    }

    /** Writes the bytes of image {@code index}, plane by plane, into {@code target} from {@code offset} on. */
    public void readBytes(int index, byte[] target, int offset) {
        records.get(index * recordBytes + LABEL_BYTES, target, offset, pixels);
    }

    /**
     * Writes image {@code index}, scaled from 0..255 to [-0.5, 0.5], plane by plane into {@code target}.
     *
     * @param view how it is shown; a flip comes after a move
     * @param offset of the first value in {@code target}
     */
    public void read(int index, View view, float[] target, int offset) {
        byte[] raw = new byte[pixels];
        records.get(index * recordBytes + LABEL_BYTES, raw);
        if (view.right() == 0 && view.down() == 0) {
            showInPlace(raw, view.flipped(), target, offset);
        } else {
            showMoved(raw, view, target, offset);
        }
    }

    private void showInPlace(byte[] raw, boolean flipped, float[] target, int offset) {
        for (int row = 0; row < pixels; row += width) {
            int to = offset + row;
            for (int column = 0; column < width; column++) {
                target[to + column] = SCALED[raw[row + (flipped ? width - 1 - column : column)] & 0xff];
            }
        }
    }

    private void showMoved(byte[] raw, View view, float[] target, int offset) {
        for (int row = 0; row < pixels; row += width) {
            int source = row / width % height + view.down();
            int from = row + view.down() * width + view.right();
            boolean outside = source < 0 || source >= height;
            for (int column = 0; column < width; column++) {
                int shown = view.flipped() ? width - 1 - column : column;
                int x = shown + view.right();
                target[offset + row + column] = outside || x < 0 || x >= width ? 0 : SCALED[raw[from + shown] & 0xff];
            }
        }
    }

    /** The largest squares in the images' middles, scaled to this side; held in memory. */
    ImageSet scaledTo(int side) {
        int channels = pixels / (height * width);
        int square = Math.min(height, width);
        ByteBuffer scaled = ByteBuffer.allocate(Math.multiplyExact(size, LABEL_BYTES + channels * side * side));
        byte[] raw = new byte[pixels];
        int[] plane = new int[height * width];
        for (int index = 0; index < size; index++) {
            scaled.put((byte) coarseLabel(index)).put((byte) fineLabel(index));
            records.get(index * recordBytes + LABEL_BYTES, raw);
            for (int channel = 0; channel < channels; channel++) {
                for (int i = 0; i < plane.length; i++) {
                    plane[i] = raw[channel * plane.length + i] & 0xff;
                }
                scaled.put(
                        ImageScaling.square(plane, width, (width - square) / 2, (height - square) / 2, square, side));
            }
        }
        return new ImageSet(scaled.flip(), channels, side, side);
    }

    /** Rows of an image. */
    public int height() {
        return height;
    }

    /** Columns of an image. */
    public int width() {
        return width;
    }
}

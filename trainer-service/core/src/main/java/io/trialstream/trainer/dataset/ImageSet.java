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

    /**
     * Writes image {@code index}, scaled from 0..255 to [-0.5, 0.5], plane by plane into {@code target}.
     *
     * @param flipped whether left and right change places
     * @param offset of the first value in {@code target}
     */
    public void read(int index, boolean flipped, float[] target, int offset) {
        byte[] raw = new byte[pixels];
        records.get(index * recordBytes + LABEL_BYTES, raw);
        for (int row = 0; row < pixels; row += width) {
            int to = offset + row;
            for (int column = 0; column < width; column++) {
                int from = row + (flipped ? width - 1 - column : column);
                target[to + column] = SCALED[raw[from] & 0xff];
            }
        }
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

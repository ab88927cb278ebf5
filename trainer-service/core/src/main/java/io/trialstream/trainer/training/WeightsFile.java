package io.trialstream.trainer.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Weights as NumPy's {@code .npz}: a zip of one {@code .npy} array for each tensor, which {@code numpy.load} reads
 * with no further library. In names, the slash between layer and part stays.
 */
public final class WeightsFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    /** An array's values begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    private static final int CHUNK_VALUES = 1 << 14;

    private WeightsFile() {}

    /** Writes and leaves the stream open. */
    public static void write(Map<String, Tensor> weights, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
            zip.putNextEntry(new ZipEntry(weight.getKey() + ".npy"));
            write(weight.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static void write(Tensor tensor, OutputStream out) throws IOException {
        String shape = tensor.shape().stream().map(side -> side + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
        int unpadded = MAGIC.length + Short.BYTES + header.length() + 1;
        int padding = Math.floorMod(-unpadded, ALIGNMENT);
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(text.length & 0xff);
        out.write(text.length >> 8);
        out.write(text);
        float[] values = tensor.values();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK_VALUES) {
            int count = Math.min(CHUNK_VALUES, values.length - from);
            chunk.clear().asFloatBuffer().put(values, from, count);
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }
}

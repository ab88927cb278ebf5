package io.trialstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class WeightsFileTest {

    @Test
    void shouldWriteArraysInNumpysForm() throws Exception {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        float[] kernel = new float[40_000];
        kernel[39_999] = 0.5f;
        weights.put("conv/kernel", new Tensor(List.of(200, 200), kernel));
        weights.put("conv/bias", new Tensor(List.of(2), new float[] {1, -1}));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        WeightsFile.write(weights, out);

        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(zip.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("conv/kernel.npy");
            ByteBuffer array = requireHeader(zip.readAllBytes(), "(200, 200,)");
            assertThat(array.remaining()).isEqualTo(160_000);
            assertThat(array.getFloat(array.limit() - 4)).isEqualTo(0.5f);
            assertThat(zip.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("conv/bias.npy");
            ByteBuffer bias = requireHeader(zip.readAllBytes(), "(2,)");
            assertThat(List.of(bias.getFloat(), bias.getFloat())).containsExactly(1f, -1f);
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    private static ByteBuffer requireHeader(byte[] bytes, String shape) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(bytes, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
        int length = in.getShort(8);
        assertThat((10 + length) % 64).isZero();
        assertThat(new String(bytes, 10, length, StandardCharsets.US_ASCII))
                .contains("'descr': '<f4'")
                .contains("'fortran_order': False")
                .contains("'shape': " + shape)
                .endsWith("\n");
        return in.position(10 + length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}

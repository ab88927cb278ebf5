package io.trialstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10ArchiveTest {
    private static final int RECORD = 1 + 3072;

    @TempDir
    private Path directory;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    Cifar10ArchiveTest() {
        for (int batch = 1; batch <= 5; batch++) {
            files.put("data_batch_" + batch + ".bin", records(4, batch));
        }
        files.put("test_batch.bin", records(10, 6));
    }

    @Test
    void shouldLabelAnimalsAndVehicles() throws Exception {
        Path archive = directory.resolve("cifar-10-binary.tar.gz");
        Files.write(archive, TestRelease.archived(files));

        Dataset dataset = source(archive).open();

        assertThat(dataset.train().size()).isEqualTo(20);
        assertThat(dataset.fineClasses()).isEqualTo(10);
        assertThat(dataset.coarseClasses()).isEqualTo(2);
        for (int image = 0; image < 10; image++) {
            assertThat(dataset.test().fineLabel(image)).isEqualTo(image);
            assertThat(dataset.test().coarseLabel(image))
                    .as("class %d", image)
                    .isEqualTo(Arrays.asList(0, 1, 8, 9).contains(image) ? 1 : 0);
        }
        float[] pixels = new float[3072];
        dataset.train().read(5, View.PLAIN, pixels, 0);
        byte first = files.get("data_batch_2.bin")[RECORD + 1];
        assertThat(pixels[0]).isEqualTo((first & 0xff) / 255f - 0.5f);
    }

    @Test
    void shouldNeedItsArchiveOnlyOnce() throws Exception {
        Path archive = directory.resolve("cifar-10-binary.tar.gz");
        Files.write(archive, TestRelease.archived(files));
        source(archive).open();
        Files.delete(archive);

        assertThat(source(archive).availability()).isInstanceOf(Availability.Available.class);
        assertThat(source(archive).open().train().size()).isEqualTo(20);
    }

    @Test
    void shouldSayThatItsArchiveIsDamaged() throws Exception {
        Map<String, byte[]> damaged = new HashMap<>(files);
        damaged.put("data_batch_3.bin", damaged.get("data_batch_3.bin").clone());
        damaged.get("data_batch_3.bin")[100] ^= 1;
        Path archive = directory.resolve("cifar-10-binary.tar.gz");
        Files.write(archive, TestRelease.archived(damaged));

        assertThatThrownBy(() -> source(archive).open())
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining("data_batch_3.bin")
                .hasMessageContaining("SHA-256");
    }

    @Test
    void shouldSayThatItsArchiveIsCutShort() throws Exception {
        byte[] whole = TestRelease.archived(files);
        Path archive = directory.resolve("cifar-10-binary.tar.gz");
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> source(archive).open())
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining("cut short or damaged");
    }

    @Test
    void shouldNotTakeTheArchiveOfCifar100ForItsOwn() throws Exception {
        Path archive = directory.resolve("cifar-100-binary.tar.gz");
        Files.write(archive, new TestRelease().archive);

        assertThat(source(archive).availability()).isInstanceOf(Availability.Unavailable.class);
        assertThatThrownBy(() -> source(archive).open())
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining("cannot be downloaded");
    }

    private Cifar10Archive source(Path archive) throws Exception {
        Map<String, String> sums = new HashMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            sums.put(
                    file.getKey(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file.getValue())));
        }
        BinaryRelease release = new BinaryRelease(
                "cifar10",
                "cifar-10-batches-bin",
                "cifar-10-binary.tar.gz",
                URI.create("http://127.0.0.1:1/nowhere"),
                sums);
        return new Cifar10Archive(release, directory.resolve("data"), Optional.of(archive), DownloadProgress.SILENT);
    }

    /** Of classes 0, 1, 2 … */
    private static byte[] records(int count, long seed) {
        byte[] records = new byte[count * RECORD];
        new Random(seed).nextBytes(records);
        for (int i = 0; i < count; i++) {
            records[i * RECORD] = (byte) i;
        }
        return records;
    }
}

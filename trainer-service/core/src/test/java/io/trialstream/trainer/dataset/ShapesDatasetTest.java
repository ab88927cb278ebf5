package io.trialstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapesDatasetTest {

    @TempDir
    private Path data;

    @Test
    void shouldHaveCifarsForm() {
        Dataset shapes = new ShapesDataset(data, 1_000, 200).open();

        assertThat(shapes.imageShape()).containsExactly(3, 32, 32);
        assertThat(shapes.train().size()).isEqualTo(1_000);
        assertThat(IntStream.range(0, 1_000)
                        .map(shapes.train()::fineLabel)
                        .distinct()
                        .count())
                .isEqualTo(100);
        assertThat(IntStream.range(0, 1_000)
                        .map(shapes.train()::coarseLabel)
                        .distinct()
                        .count())
                .isEqualTo(20);
        assertThat(IntStream.range(0, 1_000))
                .allMatch(i -> shapes.train().coarseLabel(i) == shapes.train().fineLabel(i) / 5);
    }

    @Test
    void shouldDrawTheSameImagesFromTheSameSeed() {
        ByteBuffer once = new ShapesGenerator(3).records(50);

        assertThat(new ShapesGenerator(3).records(50)).isEqualTo(once);
        assertThat(new ShapesGenerator(4).records(50)).isNotEqualTo(once);
    }

    /** The ground's red value has a mean of 127.5 and a deviation of about 74: over 200 images, 5 around the mean. */
    @Test
    void shouldNotTellAClassByItsColours() {
        ImageSet images = new ImageSet(new ShapesGenerator(1).records(20_000), 3, 32, 32);
        double[] means = new double[100];
        for (int index = 0; index < images.size(); index++) {
            means[images.fineLabel(index)] += (pixels(images, index)[0] + 0.5) * 255 / 200;
        }
        for (double mean : means) {
            assertThat(mean).isBetween(102.5, 152.5);
        }
    }

    @Test
    void shouldNotShowTrainingImagesInTheTestSet() {
        Dataset shapes = new ShapesDataset(data, 200, 200).open();

        assertThat(pixels(shapes.train(), 5)).isNotEqualTo(pixels(shapes.test(), 5));
    }

    @Test
    void shouldWriteItsFilesOnceAndRepairACutOne() throws Exception {
        ShapesDataset source = new ShapesDataset(data, 300, 100);
        source.open();
        Path train = data.resolve("shapes-1/train.bin");
        byte[] whole = Files.readAllBytes(train);
        Files.write(train, new byte[100]);

        source.open();

        assertThat(train).hasBinaryContent(whole);
    }

    private static float[] pixels(ImageSet images, int index) {
        float[] pixels = new float[images.pixels()];
        images.read(index, View.PLAIN, pixels, 0);
        return pixels;
    }
}

package io.trialstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    private Path directory;

    @Test
    void shouldNumberClassesOnTwoLevelsByTheirNames() throws Exception {
        images("plants/rose", 12, 0xff0000);
        images("plants/oak", 6, 0x00ff00);
        images("animals/wolf", 7, 0x0000ff);

        Dataset dataset = open(8);

        assertThat(dataset.imageShape()).containsExactly(3, 8, 8);
        assertThat(dataset.fineClasses()).isEqualTo(3);
        assertThat(dataset.coarseClasses()).isEqualTo(2);
        assertThat(dataset.train().size()).isEqualTo(10 + 5 + 6);
        assertThat(dataset.test().size()).isEqualTo(2 + 1 + 1);
        // animals/wolf, plants/oak, plants/rose
        assertThat(labels(dataset.test())).containsExactlyInAnyOrder("0 0", "1 1", "1 2", "1 2");
        assertThat(colourOf(dataset.train(), 0)).containsExactly(-0.5f, -0.5f, 0.5f);
    }

    @Test
    void shouldTakeFineClassesForCoarseOnesOnOneLevel() throws Exception {
        images("rose", 6, 0xff0000);
        images("oak", 6, 0x00ff00);

        Dataset dataset = open(8);

        assertThat(dataset.coarseClasses()).isEqualTo(2);
        assertThat(labels(dataset.test())).containsExactlyInAnyOrder("0 0", "1 1");
    }

    @Test
    void shouldDivideTheSameEachTimeAndKeepItsDivisionWhenImagesCome() throws Exception {
        images("rose", 30, 0xff0000);
        images("oak", 30, 0x00ff00);
        Dataset first = open(4);

        assertThat(contents(open(4).test())).isEqualTo(contents(first.test()));
        assertThat(Files.list(directory.resolve("data")).filter(Files::isDirectory))
                .hasSize(1);
    }

    @Test
    void shouldReadAgainWhatHasChanged() throws Exception {
        images("rose", 6, 0xff0000);
        images("oak", 6, 0x00ff00);
        open(4);
        images("oak", 7, 0x00ff00);

        assertThat(open(4).train().size()).isEqualTo(11);
    }

    @Test
    void shouldNameTheImageThatItCannotRead() throws Exception {
        images("rose", 6, 0xff0000);
        images("oak", 6, 0x00ff00);
        Files.writeString(directory.resolve("images/oak/3.png"), "not an image");
        assertUnavailable("oak/3.png");

        byte[] whole = Files.readAllBytes(directory.resolve("images/oak/4.png"));
        Files.write(directory.resolve("images/oak/3.png"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertUnavailable("oak/3.png");
    }

    @Test
    void shouldSayWhatIsWrongWithItsFolders() throws Exception {
        assertUnavailable("images");
        images("rose", 6, 0xff0000);
        assertUnavailable("1 class folders");
        images("oak", 5, 0x00ff00);
        assertUnavailable("class oak");
        images("oak/red", 6, 0x00ff00);
        assertUnavailable("both images and folders");
    }

    @Test
    void shouldScaleByAreas() {
        // A plane of 4x2, its middle 2x2 to one value and to 4x4.
        int[] plane = {9, 10, 20, 9, 9, 30, 40, 9};

        assertThat(ImageScaling.square(plane, 4, 1, 0, 2, 1)).containsExactly(25);
        assertThat(ImageScaling.square(plane, 4, 1, 0, 2, 4))
                .containsExactly(10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40);
        int[] three = {0, 30, 60, 0, 30, 60, 0, 30, 60};
        assertThat(ImageScaling.square(three, 3, 0, 0, 3, 2)).containsExactly(10, 50, 10, 50);
    }

    private void assertUnavailable(String part) {
        assertThatThrownBy(() -> open(4))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining(part);
    }

    private Dataset open(int side) {
        return new ImageFolder("garden", directory.resolve("images"), directory.resolve("data")).open(side);
    }

    /** Wider than high, the middle in the colour, with a number in a corner that scaling averages away. */
    private void images(String folder, int count, int colour) throws IOException {
        Path target = Files.createDirectories(directory.resolve("images").resolve(folder));
        for (int number = 0; number < count; number++) {
            BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < 24; x++) {
                for (int y = 0; y < 16; y++) {
                    image.setRGB(x, y, x < 4 || x >= 20 ? 0x777777 + number : colour);
                }
            }
            ImageIO.write(image, "png", target.resolve(number + ".png").toFile());
        }
    }

    private static List<String> labels(ImageSet images) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            labels.add(images.coarseLabel(i) + " " + images.fineLabel(i));
        }
        return labels;
    }

    private static List<Float> colourOf(ImageSet images, int index) {
        float[] pixels = new float[images.pixels()];
        images.read(index, View.PLAIN, pixels, 0);
        int plane = pixels.length / 3;
        return List.of(pixels[plane / 2], pixels[plane + plane / 2], pixels[2 * plane + plane / 2]);
    }

    private static List<List<Float>> contents(ImageSet images) {
        List<List<Float>> contents = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            contents.add(colourOf(images, i));
        }
        return contents;
    }
}

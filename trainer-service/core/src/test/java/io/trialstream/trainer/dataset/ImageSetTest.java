package io.trialstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ImageSetTest {

    /** Two images of 1 channel, 2 rows and 3 columns. */
    private final ImageSet images = new ImageSet(
            ByteBuffer.wrap(
                    new byte[] {1, 7, 0, 51, 102, (byte) 153, (byte) 204, (byte) 255, 19, 99, 10, 20, 30, 40, 50, 60}),
            1,
            2,
            3);

    @Test
    void shouldReadLabelsCoarseFirst() {
        assertThat(images.size()).isEqualTo(2);
        assertThat(images.coarseLabel(0)).isEqualTo(1);
        assertThat(images.fineLabel(0)).isEqualTo(7);
        assertThat(images.coarseLabel(1)).isEqualTo(19);
        assertThat(images.fineLabel(1)).isEqualTo(99);
    }

    @Test
    void shouldScaleUnsignedBytesAroundZero() {
        float[] target = new float[8];

        images.read(0, View.PLAIN, target, 2);

        assertThat(target).containsExactly(new float[] {0, 0, -0.5f, -0.3f, -0.1f, 0.1f, 0.3f, 0.5f}, offset(1e-6f));
    }

    @Test
    void shouldFlipLeftAndRightWithinEachRow() {
        float[] target = new float[6];

        images.read(0, new View(true, 0, 0), target, 0);

        assertThat(target).containsExactly(new float[] {-0.1f, -0.3f, -0.5f, 0.5f, 0.3f, 0.1f}, offset(1e-6f));
    }

    @Test
    void shouldShowMidGreyOutsideOfAMovedImage() {
        float[] target = new float[6];

        images.read(0, new View(false, 1, 1), target, 0);
        assertThat(target).containsExactly(new float[] {0.3f, 0.5f, 0, 0, 0, 0}, offset(1e-6f));

        images.read(0, new View(false, -2, -1), target, 0);
        assertThat(target).containsExactly(new float[] {0, 0, 0, 0, 0, -0.5f}, offset(1e-6f));
    }

    @Test
    void shouldFlipWhatItShowsOfAMovedImage() {
        float[] target = new float[6];

        images.read(0, new View(true, 1, 0), target, 0);

        assertThat(target).containsExactly(new float[] {0, -0.1f, -0.3f, 0, 0.5f, 0.3f}, offset(1e-6f));
    }

    @Test
    void shouldRefuseACutRecord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageSet(ByteBuffer.allocate(15), 1, 2, 3))
                .withMessageContaining("15");
    }
}

package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Masks that the device draws, here the CPU. */
class MaskSourceIT {

    private static final double RATE = 0.3;

    @Test
    void shouldDrawFromItsOwnSeedWhateverOthersDraw() {
        try (PointerScope scope = new PointerScope();
                MaskSource one = MaskSource.drawnOn(TorchDevice.CPU);
                MaskSource other = MaskSource.drawnOn(TorchDevice.CPU)) {
            one.begin(5);
            float[] first = mask(one, Channels.exact(3));
            float[] second = mask(one, Channels.exact(3));
            one.begin(5);
            other.begin(6);

            assertThat(mask(one, Channels.exact(3))).isEqualTo(first);
            assertThat(mask(other, Channels.exact(3))).isNotEqualTo(first);
            assertThat(mask(one, Channels.exact(3))).isEqualTo(second).isNotEqualTo(first);
        }
    }

    /** Within four standard deviations. */
    @Test
    void shouldDropAtTheRate() {
        try (PointerScope scope = new PointerScope();
                MaskSource masks = MaskSource.drawnOn(TorchDevice.CPU)) {
            masks.begin(1);
            float[] mask = mask(masks, Channels.exact(3));

            assertThat((double) IntStream.range(0, mask.length)
                                    .filter(i -> mask[i] == 0)
                                    .count()
                            / mask.length)
                    .isCloseTo(RATE, offset(4 * Math.sqrt(RATE * (1 - RATE) / mask.length)));
            for (float value : mask) {
                assertThat(value == 0 || value == 2.5f).isTrue();
            }
        }
    }

    @Test
    void shouldDrawTheSameForPaddedChannels() {
        try (PointerScope scope = new PointerScope();
                MaskSource masks = MaskSource.drawnOn(TorchDevice.CPU)) {
            masks.begin(1);
            float[] exact = mask(masks, Channels.exact(3));
            masks.begin(1);
            float[] padded = mask(masks, Channels.padded(3, 8));

            assertThat(padded).hasSize(exact.length / 3 * 8);
            for (int i = 0; i < padded.length; i++) {
                int image = i / 64 / 8;
                int channel = i / 64 % 8;
                float expected = channel < 3 ? exact[(image * 3 + channel) * 64 + i % 64] : 0;
                assertThat(padded[i]).isEqualTo(expected);
            }
        }
    }

    /** For 20 images of 8x8. */
    private static float[] mask(MaskSource source, Channels channels) {
        Tensor like = TorchDevice.CPU
                .zeros(20L * channels.width() * 64, ScalarType.Float)
                .view(20, channels.width(), 8, 8);
        return TensorValues.read(source.training().mask(like, channels, 1, RATE, 2.5));
    }
}

package io.trialstream.trainer.libtorch;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Dropout's masks as tensors, for the training passes of one run's batches: from {@link DropoutMasks}, or drawn on the
 * device by a generator of the run's own, so that runs side by side do not draw each other's. Either way they follow
 * from the epoch's seed, and are the same for padded channels as for exact ones. Used by one thread at a time.
 */
final class MaskSource implements AutoCloseable {

    /** A pass in which nothing is dropped. */
    static final Pass INFERENCE = new Inference();

    private final DropoutMasks masks = new DropoutMasks();
    private final Pass training = new Training();
    private final Retained retained = new Retained();
    private final Optional<Generator> generator;

    private MaskSource(Optional<Generator> generator) {
        this.generator = generator;
    }

    /** A GPU draws its masks itself. */
    static MaskSource on(TorchDevice device) {
        return device == TorchDevice.CUDA ? drawnOn(device) : new MaskSource(Optional.empty());
    }

    /** Whose masks the device draws. */
    static MaskSource drawnOn(TorchDevice device) {
        try (PointerScope scope = new PointerScope()) {
            Generator generator = device.newGenerator();
            MaskSource source = new MaskSource(Optional.of(generator));
            source.retained.keep(generator);
            return source;
        }
    }

    /** Begins an epoch: its masks are determined by the seed. */
    void begin(long epochSeed) {
        masks.begin(epochSeed);
        generator.ifPresent(drawn -> drawn.set_current_seed(epochSeed));
    }

    /** Goes on to the next batch. */
    void next() {
        masks.next();
    }

    Pass training() {
        return training;
    }

    @Override
    public void close() {
        retained.close();
    }

    private final class Training implements Pass {

        @Override
        public boolean training() {
            return true;
        }

        @Override
        public Tensor mask(Tensor like, Channels channels, int layer, double rate, double kept) {
            Tensor exact = exactlyLike(like, channels);
            if (generator.isPresent()) {
                return channels.padded(exact.bernoulli_(1 - rate, new GeneratorOptional(generator.get()))
                        .mul_(new Scalar(kept)));
            }
            if (like.scalar_type() == ScalarType.Float) {
                return channels.padded(filled(exact, layer, rate, kept));
            }
            Tensor floats = filled(exact.to(ScalarType.Float), layer, rate, kept);
            return channels.padded(floats.to(like.scalar_type()));
        }

        /** Uninitialised, without room for what pads the channels, in the memory order of the batch. */
        private static Tensor exactlyLike(Tensor like, Channels channels) {
            if (!channels.isPadded()) {
                return torch.empty_like(like.detach());
            }
            long[] sizes = like.shape();
            sizes[1] = channels.count();
            return torch.empty(sizes, like.options(), new MemoryFormatOptional(like.suggest_memory_format()));
        }

        private Tensor filled(Tensor mask, int layer, double rate, double kept) {
            masks.fill(mask.data_ptr(), mask.numel(), layer, rate, (float) kept);
            return mask;
        }
    }

    private static final class Inference implements Pass {

        @Override
        public boolean training() {
            return false;
        }

        @Override
        public Tensor mask(Tensor like, Channels channels, int layer, double rate, double kept) {
            throw new IllegalStateException("nothing is dropped outside of training");
        }
    }
}

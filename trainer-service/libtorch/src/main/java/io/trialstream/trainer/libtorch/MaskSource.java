package io.trialstream.trainer.libtorch;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Dropout's masks as tensors, for the passes of one run's batches. Used by one thread at a time. */
final class MaskSource {

    private final DropoutMasks masks = new DropoutMasks();
    private final Pass training = new Training();
    private final Pass inference = new Inference();
    private final TorchDevice device;

    MaskSource(TorchDevice device) {
        this.device = device;
    }

    /** Begins an epoch: its masks are determined by the seed. */
    void begin(long epochSeed) {
        masks.begin(epochSeed);
        if (device == TorchDevice.CUDA) {
            torch.manual_seed(epochSeed);
        }
    }

    /** Goes on to the next batch. */
    void next() {
        masks.next();
    }

    Pass training() {
        return training;
    }

    Pass inference() {
        return inference;
    }

    private final class Training implements Pass {

        @Override
        public boolean training() {
            return true;
        }

        @Override
        public Tensor mask(Tensor like, Channels channels, int layer, double rate, double kept) {
            Tensor exact = exactlyLike(like, channels);
            if (device == TorchDevice.CUDA) {
                return channels.padded(
                        exact.bernoulli_(1 - rate, new GeneratorOptional()).mul_(new Scalar(kept)));
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

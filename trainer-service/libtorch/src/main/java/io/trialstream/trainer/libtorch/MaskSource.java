package io.trialstream.trainer.libtorch;

import org.bytedeco.pytorch.GeneratorOptional;
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
        public Tensor mask(Tensor like, int layer, double rate, double kept) {
            if (device == TorchDevice.CUDA) {
                return torch.empty_like(like.detach())
                        .bernoulli_(1 - rate, new GeneratorOptional())
                        .mul_(new Scalar(kept));
            }
            if (like.scalar_type() == ScalarType.Float) {
                return filled(torch.empty_like(like.detach()), layer, rate, kept);
            }
            Tensor floats = filled(torch.empty_like(like.detach().to(ScalarType.Float)), layer, rate, kept);
            return floats.to(like.scalar_type());
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
        public Tensor mask(Tensor like, int layer, double rate, double kept) {
            throw new IllegalStateException("nothing is dropped outside of training");
        }
    }
}

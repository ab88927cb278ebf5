package io.trialstream.trainer.libtorch;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How exactly convolutions and dense layers multiply. Weights, their slopes, moments and losses are always float32. */
public enum Precision {
    /** 24 bits everywhere. */
    FLOAT32,
    /** On a GPU since Ampere, products of numbers rounded to 11 bits, summed up in float32. Elsewhere float32. */
    TF32,
    /** Feature maps and products in bfloat16, 8 bits: half the memory. On the CPU too, mostly more slowly. */
    BF16;

    /** Sets what libtorch knows for the whole process. */
    void apply() {
        Context context = torch.globalContext();
        context.setAllowTF32CuDNN(this != FLOAT32);
        context.setAllowTF32CuBLAS(this != FLOAT32);
    }

    /** The logits that a forward pass gives, in float32 where they were in bfloat16. */
    List<Tensor> logits(TorchDevice device, Supplier<List<Tensor>> forward) {
        if (this != BF16) {
            return forward.get();
        }
        return lowered(device, forward).stream()
                .map(logits -> logits.to(ScalarType.Float))
                .toList();
    }

    /** Does a forward pass in this precision. A backward pass follows it by itself. */
    <T> T lowered(TorchDevice device, Supplier<T> forward) {
        if (this != BF16) {
            return forward.get();
        }
        DeviceType type = device.type();
        boolean before = torch.is_autocast_enabled(type);
        boolean cached = torch.is_autocast_cache_enabled();
        torch.set_autocast_dtype(type, ScalarType.BFloat16);
        torch.set_autocast_enabled(type, true);
        // A cache would hold the lowered weights beyond the step that changes them.
        torch.set_autocast_cache_enabled(false);
        try {
            return forward.get();
        } finally {
            torch.set_autocast_cache_enabled(cached);
            torch.set_autocast_enabled(type, before);
        }
    }
}

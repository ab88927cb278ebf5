package io.trialstream.trainer.libtorch;

import java.util.Objects;

/**
 * How the engine computes. But for the precision the results are the same.
 *
 * @param paddedWidths whether layers are made as wide as the device likes, see {@link Widths}
 * @param imagesOnDevice whether images are kept on the device and batches assembled there, see {@link ResidentPasses}
 * @param precision how exactly layers multiply
 */
record EngineOptions(boolean paddedWidths, boolean imagesOnDevice, Precision precision) {

    /** Validates. */
    EngineOptions {
        Objects.requireNonNull(precision, "precision");
    }

    /** What suits the device: padding and images there on a GPU, neither on the CPU; float32. */
    static EngineOptions of(TorchDevice device) {
        boolean gpu = device == TorchDevice.CUDA;
        return new EngineOptions(gpu, gpu, Precision.FLOAT32);
    }

    /** What is configured, and what suits the device where nothing is. */
    static EngineOptions of(TorchDevice device, LibtorchConfiguration configuration) {
        EngineOptions suited = of(device);
        return new EngineOptions(
                configuration.paddedWidths().orElse(suited.paddedWidths),
                configuration.imagesOnDevice().orElse(suited.imagesOnDevice),
                configuration.precision());
    }
}

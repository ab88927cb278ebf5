package io.trialstream.trainer.libtorch;

/**
 * How the engine computes; the results are the same.
 *
 * @param paddedWidths whether layers are made as wide as the device likes, see {@link Widths}
 */
record EngineOptions(boolean paddedWidths) {

    /** What suits the device: everything on a GPU, nothing on the CPU. */
    static EngineOptions of(TorchDevice device) {
        return new EngineOptions(device == TorchDevice.CUDA);
    }
}

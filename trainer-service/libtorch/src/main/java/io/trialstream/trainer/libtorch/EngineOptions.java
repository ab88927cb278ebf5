package io.trialstream.trainer.libtorch;

/**
 * How the engine computes; the results are the same.
 *
 * @param paddedWidths whether layers are made as wide as the device likes, see {@link Widths}
 * @param imagesOnDevice whether images are kept on the device and batches assembled there, see {@link ResidentPasses}
 */
record EngineOptions(boolean paddedWidths, boolean imagesOnDevice) {

    /** What suits the device: everything on a GPU, nothing on the CPU. */
    static EngineOptions of(TorchDevice device) {
        return new EngineOptions(device == TorchDevice.CUDA, device == TorchDevice.CUDA);
    }
}

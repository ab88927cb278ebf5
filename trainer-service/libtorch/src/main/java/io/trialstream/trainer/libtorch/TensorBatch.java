package io.trialstream.trainer.libtorch;

import org.bytedeco.pytorch.Tensor;

/**
 * A batch on the device.
 *
 * @param images {@code [images, channels, height, width]}, channels last in memory
 * @param fine a label for each image
 * @param coarse a label for each image
 */
record TensorBatch(Tensor images, Tensor fine, Tensor coarse) {

    /** How many images. */
    int size() {
        return Math.toIntExact(fine.numel());
    }
}

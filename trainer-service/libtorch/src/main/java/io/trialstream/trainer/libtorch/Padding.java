package io.trialstream.trainer.libtorch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Same padding as TensorFlow does it, for one direction: the output is the input divided by the stride, rounded up; the
 * zeros are split evenly, the odd one goes behind.
 *
 * @param before zeros in front
 * @param after zeros behind
 */
record Padding(int before, int after) {

    static Padding same(int size, int kernel, int stride) {
        int out = (size + stride - 1) / stride;
        int total = Math.max(0, (out - 1) * stride + kernel - size);
        return new Padding(total / 2, total - total / 2);
    }

    boolean isEven() {
        return before == after;
    }

    /** The feature maps with these zeros around them, in the direction of height as {@code this}, of width as given. */
    Tensor around(Tensor maps, Padding ofWidth) {
        return torch.constant_pad_nd(maps, new long[] {ofWidth.before, ofWidth.after, before, after}, new Scalar(0.0));
    }
}

package io.trialstream.trainer.libtorch;

import java.util.List;

/**
 * One array of weights in a flat buffer. In memory, a convolution's kernel lies as {@code [out, height, width, in]}
 * (libtorch's channels-last form) and a dense one as {@code [out, in]}.
 *
 * @param key layer and role
 * @param role what it is for
 * @param shape as {@link WeightRole} says
 * @param offset of its first value in the buffer of its kind
 * @param l2 factor of its sum of squares in the loss
 */
record WeightSlot(String key, WeightRole role, List<Integer> shape, long offset, double l2) {

    /** Validates and copies. */
    WeightSlot {
        shape = List.copyOf(shape);
    }

    /** How many values. */
    long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    boolean isConvolution() {
        return role == WeightRole.KERNEL && shape.size() == 4;
    }

    /** Values that one output is made of. */
    long fanIn() {
        return isConvolution() ? (long) shape.get(1) * shape.get(2) * shape.get(3) : shape.get(0);
    }

    /** Outputs that one value takes part in. */
    long fanOut() {
        return isConvolution() ? (long) shape.get(0) * shape.get(2) * shape.get(3) : shape.get(1);
    }

    /** Place in memory, from the slot's offset, of a value of the given place in row-major order of the shape. */
    long placeInMemory(long rowMajor) {
        if (role != WeightRole.KERNEL) {
            return rowMajor;
        }
        if (!isConvolution()) {
            long in = rowMajor / shape.get(1);
            long out = rowMajor % shape.get(1);
            return out * shape.get(0) + in;
        }
        long area = (long) shape.get(2) * shape.get(3);
        long pixel = rowMajor % area;
        long in = rowMajor / area % shape.get(1);
        long out = rowMajor / area / shape.get(1);
        return (out * area + pixel) * shape.get(1) + in;
    }
}

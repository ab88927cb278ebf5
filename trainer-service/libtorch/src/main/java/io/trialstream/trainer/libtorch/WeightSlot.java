package io.trialstream.trainer.libtorch;

import java.util.List;

/**
 * One array of weights in a flat buffer. In memory, a convolution's kernel lies as {@code [out, height, width, in]}
 * (libtorch's channels-last form) and a dense one as {@code [out, in]}, with zeros where the widths are padded.
 *
 * @param key layer and role
 * @param role what it is for
 * @param shape as {@link WeightRole} says, without the zeros
 * @param out where the layer's outputs lie
 * @param in where a kernel's inputs lie; a single one for every other array
 * @param offset of its first value in the buffer of its kind
 * @param l2 factor of its sum of squares in the loss
 */
record WeightSlot(String key, WeightRole role, List<Integer> shape, Channels out, Channels in, long offset, double l2) {

    /** Validates and copies. */
    WeightSlot {
        shape = List.copyOf(shape);
    }

    WeightSlot at(long place) {
        return new WeightSlot(key, role, shape, out, in, place, l2);
    }

    /** How many weights. */
    long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** How many values in the buffer, zeros included. */
    long length() {
        return Math.multiplyExact(Math.multiplyExact((long) out.width(), in.width()), area());
    }

    boolean isConvolution() {
        return role == WeightRole.KERNEL && shape.size() == 4;
    }

    private int area() {
        return isConvolution() ? shape.get(2) * shape.get(3) : 1;
    }

    /** Place in memory, from the slot's offset, of a value of the given place in row-major order of the shape. */
    long placeInMemory(int rowMajor) {
        if (role != WeightRole.KERNEL) {
            return out.place(rowMajor);
        }
        if (!isConvolution()) {
            return place(rowMajor % out.count(), 0, rowMajor / out.count());
        }
        int area = area();
        return place(rowMajor / area / in.count(), rowMajor % area, rowMajor / area % in.count());
    }

    private long place(int output, int pixel, int input) {
        return ((long) out.place(output) * area() + pixel) * in.width() + in.place(input);
    }
}

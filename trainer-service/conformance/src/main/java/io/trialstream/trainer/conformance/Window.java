package io.trialstream.trainer.conformance;

import java.util.List;

/**
 * Square windows that slide over a feature map.
 *
 * @param map {@code [channels, height, width]}
 * @param top rows of padding above
 * @param left columns of padding on the left
 */
record Window(List<Integer> map, int kernel, int stride, int top, int left) {

    /** As TensorFlow pads: the output is the input divided by the stride, rounded up; the odd zero goes behind. */
    static Window same(List<Integer> map, int kernel, int stride) {
        return new Window(map, kernel, stride, before(map.get(1), kernel, stride), before(map.get(2), kernel, stride));
    }

    /** No padding. */
    static Window whole(List<Integer> map, int kernel, int stride) {
        return new Window(map, kernel, stride, 0, 0);
    }

    private static int before(int size, int kernel, int stride) {
        int out = (size + stride - 1) / stride;
        return Math.max(0, (out - 1) * stride + kernel - size) / 2;
    }

    /** Index in the map of the window's value {@code number}, row by row; -1 in the padding. */
    int place(int channel, int row, int column, int number) {
        int y = row * stride - top + number / kernel;
        int x = column * stride - left + number % kernel;
        boolean inside = y >= 0 && y < map.get(1) && x >= 0 && x < map.get(2);
        return inside ? (channel * map.get(1) + y) * map.get(2) + x : -1;
    }
}

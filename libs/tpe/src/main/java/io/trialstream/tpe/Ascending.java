package io.trialstream.tpe;

import java.util.Arrays;

/** The order of numbers, without boxing them. */
final class Ascending {
    private Ascending() {}

    /** The places of the keys, those of the smallest keys first; equal keys stay in their order. */
    static int[] places(double[] keys) {
        int[] places = new int[keys.length];
        Arrays.setAll(places, i -> i);
        int[] merged = new int[keys.length];
        for (int width = 1; width < keys.length; width *= 2) {
            for (int from = 0; from < keys.length; from += 2 * width) {
                int middle = Math.min(from + width, keys.length);
                merge(keys, places, merged, from, middle, Math.min(middle + width, keys.length));
            }
            int[] sorted = merged;
            merged = places;
            places = sorted;
        }
        return places;
    }

    private static void merge(double[] keys, int[] from, int[] to, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int place = low; place < high; place++) {
            boolean takeLeft =
                    left < middle && (right >= high || Double.compare(keys[from[left]], keys[from[right]]) <= 0);
            to[place] = from[takeLeft ? left++ : right++];
        }
    }
}

package io.trialstream.tpe;

import java.util.Arrays;

/** Rows of a table kept in the order of a key, by binary insertion. */
final class Ordering {
    private int[] rows = new int[16];
    private int size;

    /** Compares a new row with a row that is there. */
    interface Comparison {
        int compare(int newRow, int row);
    }

    /** Puts a row behind those that are not greater. */
    void insert(int row, Comparison comparison) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (comparison.compare(row, rows[middle]) >= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
        }
        System.arraycopy(rows, low, rows, low + 1, size - low);
        rows[low] = row;
        size++;
    }

    int get(int place) {
        return rows[place];
    }

    int size() {
        return size;
    }
}

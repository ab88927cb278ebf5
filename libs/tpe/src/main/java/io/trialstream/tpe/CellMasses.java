package io.trialstream.tpe;

import java.util.HashMap;
import java.util.Map;

/**
 * log masses of the cells of one parameter under normals, remembered from one suggestion to the next. One thread at a
 * time.
 */
final class CellMasses {
    private static final int CAPACITY = 1 << 14;

    private final Axis axis;
    private final Map<Double, IntervalMasses> cells = new HashMap<>();

    CellMasses(Axis axis) {
        this.axis = axis;
    }

    /** Forgets everything when it has become much. */
    void trim() {
        int remembered = 0;
        for (IntervalMasses cell : cells.values()) {
            remembered += cell.size();
        }
        if (remembered > CAPACITY) {
            cells.clear();
        }
    }

    /** The cell of a value. */
    IntervalMasses cell(double value) {
        return cells.computeIfAbsent(value, v -> new IntervalMasses(axis.cellLow(v), axis.cellHigh(v)));
    }
}

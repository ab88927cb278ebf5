package io.trialstream.tpe;

import java.util.HashMap;
import java.util.Map;

/**
 * log masses of the cells of one parameter under normals, remembered from one suggestion to the next. One thread at a
 * time.
 */
final class CellMasses {
    private static final int CAPACITY = 1 << 14;
    /** After so many more cells it is seen whether they have become much. */
    private static final int LOOKED_AFTER = 64;

    private final Axis axis;
    private final Map<Double, IntervalMasses> cells = new HashMap<>();
    private int added;

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
        IntervalMasses cell = cells.get(value);
        if (cell == null) {
            if (++added % LOOKED_AFTER == 0) {
                trim();
            }
            cell = new IntervalMasses(axis.cellLow(value), axis.cellHigh(value));
            cells.put(value, cell);
        }
        return cell;
    }
}

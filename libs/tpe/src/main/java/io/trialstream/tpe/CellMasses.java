package io.trialstream.tpe;

import io.trialstream.space.StandardNormal;
import java.util.HashMap;
import java.util.Map;

/**
 * log masses of the cells of one parameter under normals, remembered: on a grid with few points the same few kernels
 * come back again and again. A cache of a pure function; one thread at a time.
 */
final class CellMasses {
    private static final int CAPACITY = 1 << 16;

    private final Axis axis;
    private final Map<Double, Cell> cells = new HashMap<>();
    private int remembered;

    CellMasses(Axis axis) {
        this.axis = axis;
    }

    /** The cell of a value. */
    Cell cell(double value) {
        if (remembered > CAPACITY) {
            cells.clear();
            remembered = 0;
        }
        return cells.computeIfAbsent(value, v -> new Cell(axis.cellLow(v), axis.cellHigh(v)));
    }

    private record Kernel(double mu, double sigma) {}

    /** The cell of one value. */
    final class Cell {
        private final double low;
        private final double high;
        private final Map<Kernel, Double> masses = new HashMap<>();

        private Cell(double low, double high) {
            this.low = low;
            this.high = high;
        }

        /** log of the mass of the cell under a normal. */
        double logMass(double mu, double sigma) {
            Kernel kernel = new Kernel(mu, sigma);
            Double known = masses.get(kernel);
            if (known == null) {
                known = StandardNormal.logMass((low - mu) / sigma, (high - mu) / sigma);
                masses.put(kernel, known);
                remembered++;
            }
            return known;
        }
    }
}

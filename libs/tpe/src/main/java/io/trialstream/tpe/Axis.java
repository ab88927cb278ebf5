package io.trialstream.tpe;

import io.trialstream.space.Continuous;
import io.trialstream.space.Distribution;
import io.trialstream.space.Grid;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.Quantized;
import io.trialstream.space.RandomInteger;

/**
 * The scale on which kernels of a numeric parameter live: the value or its logarithm, from the lower edge of the first
 * cell to the upper edge of the last one; infinite without bounds.
 *
 * @param distribution the parameter's prior
 * @param logarithmic whether the scale is the logarithm of the value
 * @param low lower edge, latent
 * @param high upper edge, latent
 * @param centre the middle of the edges, or the mean
 * @param range the distance of the edges, or the deviation
 * @param step the distance of neighbouring values, 0 if continuous
 * @param floor of a logarithmic scale the value that stands for all below it
 */
record Axis(
        Distribution distribution,
        boolean logarithmic,
        double low,
        double high,
        double centre,
        double range,
        double step,
        double floor) {
    /** Values of an unbounded axis may be imported from beyond; squares of distances to this place are finite. */
    private static final double FARTHEST = 1e100;

    /** The axis of a numeric distribution. */
    static Axis of(Distribution distribution) {
        if (distribution instanceof RandomInteger integer) {
            return bounded(distribution, false, integer.low() - 0.5, integer.high() - 0.5, 1);
        }
        if (distribution instanceof Quantized quantized) {
            Continuous base = quantized.base();
            boolean logarithmic = base.family().logarithmic();
            double step = quantized.grid().step();
            if (!base.family().bounded()) {
                return axis(distribution, logarithmic, base.low(), base.high(), base.centre(), base.scale(), step);
            }
            return quantized.grid().policy() == GridPolicy.EXACT
                    ? bounded(distribution, logarithmic, quantized.low(), quantized.high(), step)
                    : rounded(quantized, logarithmic, step);
        }
        Continuous continuous = (Continuous) distribution;
        return axis(
                distribution,
                continuous.family().logarithmic(),
                continuous.low(),
                continuous.high(),
                continuous.centre(),
                continuous.scale(),
                0);
    }

    private static Axis bounded(Distribution distribution, boolean logarithmic, double low, double high, double step) {
        return axis(distribution, logarithmic, low, high, 0.5 * (low + high), high - low, step);
    }

    private static Axis axis(
            Distribution distribution,
            boolean logarithmic,
            double low,
            double high,
            double centre,
            double range,
            double step) {
        double floor = low > Double.NEGATIVE_INFINITY ? StrictMath.exp(low) : 0.25 * step;
        return new Axis(distribution, logarithmic, low, high, centre, range, step, floor);
    }

    /** Hyperopt's grid with whole cells at its ends; a cell around 0 has no logarithm, its half does. */
    private static Axis rounded(Quantized quantized, boolean logarithmic, double step) {
        Grid grid = quantized.grid();
        double low = grid.point(grid.first()) - 0.5 * step;
        double high = grid.point(grid.last()) + 0.5 * step;
        return logarithmic
                ? bounded(quantized, true, low > 0 ? StrictMath.log(low) : quantized.low(), StrictMath.log(high), step)
                : bounded(quantized, false, low, high, step);
    }

    /** The mean width of a cell, 0 if values are continuous or their cells differ without bounds. */
    double cell() {
        if (step == 0) {
            return 0;
        }
        return distribution
                .cardinality()
                .map(count -> range / count.doubleValue())
                .orElse(logarithmic ? 0 : step);
    }

    /** The value on the axis; a rounded value outside the bounds of a logarithm is taken at the bound. */
    double toLatent(double value) {
        return logarithmic ? StrictMath.log(Math.max(value, floor)) : Math.max(-FARTHEST, Math.min(FARTHEST, value));
    }

    /** The value nearest to a point of the axis. */
    double toValue(double latent) {
        return distribution.nearest(logarithmic ? StrictMath.exp(latent) : latent);
    }

    /** Lower edge of a value's cell, on the axis. */
    double cellLow(double value) {
        return Math.max(edge(value - 0.5 * step), low);
    }

    /** Upper edge of a value's cell, on the axis. */
    double cellHigh(double value) {
        return Math.min(edge(value + 0.5 * step), high);
    }

    private double edge(double value) {
        return !logarithmic ? value : value > 0 ? StrictMath.log(value) : Double.NEGATIVE_INFINITY;
    }
}

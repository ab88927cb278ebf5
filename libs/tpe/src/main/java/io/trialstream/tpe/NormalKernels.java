package io.trialstream.tpe;

import io.trialstream.space.StandardNormal;
import java.util.Arrays;

/** Truncated normal kernels on an axis, each normalised within the bounds; masses of cells for discrete values. One
 * thread at a time. */
final class NormalKernels implements Kernels {
    private final Axis axis;
    private final boolean cells;
    private final double[] mus;
    private final double[] sigmas;
    private final double[] logNormalisers;
    private final double[] logHeights;
    /** Of the values asked for: on a grid the candidates are few. */
    private final ValueCache<double[]> columns;

    /**
     * Takes the parameters of each kernel, the prior's last.
     *
     * @param cells whether a value stands for its cell, with the mass of it, rather than for a point
     * @param parameters how many share the memory for what is remembered
     */
    NormalKernels(Axis axis, double[] mus, double[] sigmas, boolean cells, int parameters) {
        this.columns = new ValueCache<>(parameters, column -> column.length);
        this.axis = axis;
        this.cells = cells;
        this.mus = mus;
        this.sigmas = sigmas;
        this.logNormalisers = new double[mus.length];
        this.logHeights = new double[mus.length];
        IntervalMasses inside = new IntervalMasses(axis.low(), axis.high());
        Arrays.setAll(logNormalisers, i -> axis.step() > 0 ? inside.logMass(mus[i], sigmas[i]) : logMass(i));
        Arrays.setAll(logHeights, i -> -StrictMath.log(sigmas[i]) - logNormalisers[i]);
    }

    /** Optuna's kernels of some observed values, of a parameter that is modelled jointly with others or alone. */
    static NormalKernels fit(Axis axis, double[] values, int dimensions, ParzenSettings settings) {
        int n = values.length;
        double[] mus = new double[n + 1];
        for (int i = 0; i < n; i++) {
            mus[i] = axis.toLatent(values[i]);
        }
        double[] widths = settings.bandwidth().widths(Arrays.copyOf(mus, n), axis, dimensions, settings.endpoints());
        double narrowest = settings.magicClip() ? axis.range() / Math.min(100, n + 2) : 1e-12;
        double[] sigmas = new double[n + 1];
        for (int i = 0; i < n; i++) {
            sigmas[i] = Math.min(Math.max(widths[i], narrowest), axis.range());
        }
        mus[n] = axis.centre();
        sigmas[n] = axis.range();
        return new NormalKernels(axis, mus, sigmas, settings.cells(axis), dimensions);
    }

    double[] mus() {
        return mus;
    }

    double[] sigmas() {
        return sigmas;
    }

    private double logMass(int kernel) {
        return StandardNormal.logMass(
                (axis.low() - mus[kernel]) / sigmas[kernel], (axis.high() - mus[kernel]) / sigmas[kernel]);
    }

    @Override
    public double draw(int kernel, CounterRandom random) {
        double mu = mus[kernel];
        double sigma = sigmas[kernel];
        double z = StandardNormal.truncatedQuantile(
                random.nextOpen(), (axis.low() - mu) / sigma, (axis.high() - mu) / sigma);
        return axis.toValue(Math.min(Math.max(mu + sigma * z, axis.low()), axis.high()));
    }

    @Override
    public void addLogDensities(double value, double[] sums) {
        if (cells) {
            double[] column = columns.get(value, this::column);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += column[i];
            }
        } else {
            double latent = axis.toLatent(value);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += StandardNormal.logDensity((latent - mus[i]) / sigmas[i]) + logHeights[i];
            }
        }
    }

    private double[] column(double value) {
        IntervalMasses cell = new IntervalMasses(axis.cellLow(value), axis.cellHigh(value));
        double[] column = new double[mus.length];
        Arrays.setAll(column, i -> cell.logMass(mus[i], sigmas[i]) - logNormalisers[i]);
        return column;
    }
}

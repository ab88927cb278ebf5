package io.trialstream.tpe;

import io.trialstream.space.Quantized;
import java.util.HashMap;
import java.util.Map;

/** Truncated normal kernels of a quantised parameter: masses of the values' cells. */
final class CellKernels implements TreeKernels {
    private final NormalFit fit;
    private final Quantized prior;
    private final CellMasses masses;
    private final Map<Double, double[]> columns = new HashMap<>();

    CellKernels(NormalFit fit, Quantized prior, CellMasses masses) {
        this.fit = fit;
        this.prior = prior;
        this.masses = masses;
    }

    @Override
    public double draw(int member, CounterRandom random) {
        return Double.isNaN(fit.mus()[member]) ? prior.sample(random) : fit.draw(member, random);
    }

    @Override
    public void add(double value, double[] sums) {
        double[] column = columns.computeIfAbsent(value, this::column);
        for (int i = 0; i < column.length; i++) {
            sums[i] += column[i];
        }
    }

    private double[] column(double value) {
        double[] column = new double[fit.mus().length];
        double logPrior = prior.logDensity(value);
        CellMasses.Cell cell = masses.cell(value);
        for (int i = 0; i < column.length; i++) {
            double mu = fit.mus()[i];
            column[i] = Double.isNaN(mu) ? logPrior
                : cell.logMass(mu, fit.sigmas()[i]) - fit.normalisers()[i];
        }
        return column;
    }
}

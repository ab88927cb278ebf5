package io.trialstream.tpe;

import io.trialstream.space.Quantized;
import java.util.Arrays;

/**
 * Truncated normal kernels of a quantised parameter: masses of the values' cells. On a grid many members share a place
 * and a width; each such kernel is looked at once.
 */
final class CellKernels implements TreeKernels {
    private final NormalFit fit;
    private final Quantized prior;
    private final CellMasses masses;
    /** For each member its kernel's number; where the parameter was not active, the number of kernels. */
    private final int[] kernelOf;
    /** For each kernel a member that has it. */
    private final int[] example;

    private final ValueCache<double[]> columns;

    /** {@code parameters} share the memory for what is remembered. */
    CellKernels(NormalFit fit, Quantized prior, CellMasses masses, int parameters) {
        this.columns = new ValueCache<>(parameters, column -> column.length);
        this.fit = fit;
        this.prior = prior;
        this.masses = masses;
        this.kernelOf = new int[fit.mus().length];
        this.example = numberKernels(fit);
    }

    /** Equal kernels follow each other in the order of the axis, but for the ends of a run of equal places. */
    private int[] numberKernels(NormalFit fit) {
        int[] examples = new int[fit.sorted().length];
        int[] numbers = new int[kernelOf.length];
        int count = 0;
        int last = -1;
        for (int member : fit.sorted()) {
            if (last < 0 || fit.mus()[member] != fit.mus()[last] || fit.sigmas()[member] != fit.sigmas()[last]) {
                examples[count++] = member;
            }
            numbers[member] = count;
            last = member;
        }
        for (int i = 0; i < kernelOf.length; i++) {
            kernelOf[i] = numbers[i] == 0 ? count : numbers[i] - 1;
        }
        return Arrays.copyOf(examples, count);
    }

    @Override
    public double draw(int member, CounterRandom random) {
        return kernelOf[member] == example.length ? prior.sample(random) : fit.draw(member, random);
    }

    @Override
    public void add(double value, double latent, double logPrior, double[] sums) {
        double[] column = columns.get(value, v -> column(v, logPrior));
        for (int i = 0; i < column.length; i++) {
            sums[i] += column[i];
        }
    }

    @Override
    public boolean discrete() {
        return true;
    }

    private double[] column(double value, double logPrior) {
        IntervalMasses cell = masses.cell(value);
        double[] byKernel = new double[example.length + 1];
        for (int k = 0; k < example.length; k++) {
            int member = example[k];
            byKernel[k] = cell.logMass(fit.mus()[member], fit.sigmas()[member]) - fit.normalisers()[member];
        }
        byKernel[example.length] = logPrior;
        double[] column = new double[kernelOf.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = byKernel[kernelOf[i]];
        }
        return column;
    }
}

package io.trialstream.tpe;

import io.trialstream.space.Quantized;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Truncated normal kernels of a quantised parameter: masses of the values' cells. On a grid many members share a place
 * and a width; each such kernel is looked at once.
 */
final class CellKernels implements TreeKernels {
    private static final int INACTIVE = -1;

    private final NormalFit fit;
    private final Quantized prior;
    private final CellMasses masses;
    /** For each member its kernel's number, or {@link #INACTIVE}. */
    private final int[] kernelOf;
    /** For each kernel a member that has it. */
    private final int[] example;

    private final Map<Double, double[]> columns = new HashMap<>();

    CellKernels(NormalFit fit, Quantized prior, CellMasses masses) {
        this.fit = fit;
        this.prior = prior;
        this.masses = masses;
        this.kernelOf = new int[fit.mus().length];
        this.example = numberKernels(fit);
    }

    /** Equal kernels follow each other in the order of the axis, but for the ends of a run of equal places. */
    private int[] numberKernels(NormalFit fit) {
        Arrays.fill(kernelOf, INACTIVE);
        int[] examples = new int[fit.sorted().length];
        int count = 0;
        int last = INACTIVE;
        for (int member : fit.sorted()) {
            if (last < 0 || fit.mus()[member] != fit.mus()[last] || fit.sigmas()[member] != fit.sigmas()[last]) {
                examples[count++] = member;
            }
            kernelOf[member] = count - 1;
            last = member;
        }
        return Arrays.copyOf(examples, count);
    }

    @Override
    public double draw(int member, CounterRandom random) {
        return kernelOf[member] == INACTIVE ? prior.sample(random) : fit.draw(member, random);
    }

    @Override
    public void add(double value, double[] sums) {
        double[] column = columns.computeIfAbsent(value, this::column);
        for (int i = 0; i < column.length; i++) {
            sums[i] += column[i];
        }
    }

    private double[] column(double value) {
        CellMasses.Cell cell = masses.cell(value);
        double[] byKernel = new double[example.length];
        for (int k = 0; k < example.length; k++) {
            int member = example[k];
            byKernel[k] = cell.logMass(fit.mus()[member], fit.sigmas()[member]) - fit.normalisers()[member];
        }
        double logPrior = prior.logDensity(value);
        double[] column = new double[kernelOf.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = kernelOf[i] == INACTIVE ? logPrior : byKernel[kernelOf[i]];
        }
        return column;
    }
}

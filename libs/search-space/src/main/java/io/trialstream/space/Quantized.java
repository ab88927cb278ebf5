package io.trialstream.space;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A continuous distribution rounded to the multiples of q: quniform, qloguniform, qnormal, qlognormal, and uniformint
 * (integral, q = 1).
 *
 * <p>With {@link GridPolicy#EXACT} a bounded family lives on the multiples inside its bounds: uniform over them, or,
 * for the log family, log-uniform from half a step below the first to half a step above the last.
 */
public record Quantized(Continuous base, Grid grid, boolean integral) implements Distribution {
    private static final double ABOVE_ZERO = 1e-6;

    public Quantized {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(grid, "grid");
        if (grid.count() == 0) {
            throw new IllegalArgumentException("no multiple of " + grid.step() + " is " + base.describe());
        }
    }

    /** Rounds a continuous distribution to the multiples of q. */
    static Quantized of(Continuous base, double q, boolean integral, GridPolicy policy) {
        return new Quantized(base, gridOf(base, q, policy), integral);
    }

    static Grid gridOf(Continuous base, double q, GridPolicy policy) {
        double low = base.family().fromLatent(base.low());
        if (policy == GridPolicy.EXACT && base.family() == Family.LOGUNIFORM) {
            // 0 is never inside, however near the bound comes to it.
            low = Math.max(low, ABOVE_ZERO * q);
        }
        return Grid.between(low, base.family().fromLatent(base.high()), q, policy);
    }

    @Override
    public String keyword() {
        return integral ? "uniformint" : "q" + base.keyword();
    }

    /** Lower edge of the first cell in the latent scale; minus infinity without a bound. */
    public double low() {
        return exact() ? latentEdge(grid.point(grid.first()) - 0.5 * grid.step()) : base.low();
    }

    /** Upper edge of the last cell in the latent scale; infinity without a bound. */
    public double high() {
        return exact() ? latentEdge(grid.point(grid.last()) + 0.5 * grid.step()) : base.high();
    }

    private boolean exact() {
        return base.family().bounded() && grid.policy() == GridPolicy.EXACT;
    }

    /** An edge of a cell in the latent scale; below zero a logarithm has nothing, so minus infinity. */
    private double latentEdge(double edge) {
        return base.family().logarithmic() && edge <= 0
                ? Double.NEGATIVE_INFINITY
                : base.family().toLatent(edge);
    }

    /** Lower edge of a value's cell, latent, cut at the bounds. */
    public double cellLow(double value) {
        return Math.max(latentEdge(value - 0.5 * grid.step()), low());
    }

    /** Upper edge of a value's cell, latent, cut at the bounds. */
    public double cellHigh(double value) {
        return Math.min(latentEdge(value + 0.5 * grid.step()), high());
    }

    @Override
    public double sample(RandomGenerator random) {
        if (!exact()) {
            return canonical(base.family().fromLatent(base.sampleLatent(random)));
        }
        if (!base.family().logarithmic()) {
            long k = grid.first() + (long) (Uniforms.closedOpen(random) * grid.count());
            return grid.point(k);
        }
        double low = low();
        return canonical(base.family().fromLatent(low + (high() - low) * Uniforms.closedOpen(random)));
    }

    @Override
    public double logDensity(double value) {
        if (!accepts(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        double point = canonical(value);
        if (!exact()) {
            return base.logLatentMass(cellLow(point), cellHigh(point));
        }
        return base.family().logarithmic()
                ? StrictMath.log((cellHigh(point) - cellLow(point)) / (high() - low()))
                : -StrictMath.log(grid.count());
    }

    @Override
    public boolean accepts(double value) {
        return Double.isFinite(value) && grid.contains(value);
    }

    @Override
    public double canonical(double value) {
        return grid.point(grid.nearest(value));
    }

    @Override
    public Optional<BigInteger> cardinality() {
        return grid.bounded() ? Optional.of(BigInteger.valueOf(grid.count())) : Optional.empty();
    }

    @Override
    public double valueAt(long place) {
        return grid.point(grid.first() + place);
    }

    @Override
    public Number present(double value) {
        return integral ? (Number) (long) value : (Number) value;
    }

    @Override
    public String describe() {
        return grid.bounded()
                ? "a multiple of " + grid.step() + " from " + grid.point(grid.first()) + " to "
                        + grid.point(grid.last())
                : "a multiple of " + grid.step();
    }
}

package io.trialstream.space;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * The multiples k q of a step q, for k from first to last; an unbounded side has no last or first multiple.
 *
 * <p>Immutable. A point of an {@link GridPolicy#EXACT} grid is the double nearest to the decimal product, so that
 * 3 x 0.1 is 0.3; under {@link GridPolicy#HYPEROPT} it is the product of the doubles.
 */
public final class Grid {
    /** Bounds of k where there are none, behind the last multiples that can be told apart: 2^53 from 0. */
    private static final long UNBOUNDED = (1L << 53) + 2;

    private static final double SLACK = 1e-9;
    /** Up to this many multiples from 0 the slack hides no multiple; beyond, quotients are taken exactly. */
    private static final double NEAR = 1e6;

    private static final BigDecimal FAR_SLACK = new BigDecimal("0.001");
    private static final int TABULATED = 256;

    private final double step;
    private final long first;
    private final long last;
    private final GridPolicy policy;
    private final BigDecimal decimalStep;
    /** The points of a small grid whose step is not an integer; null where a multiplication gives them. */
    private final double[] points;

    private Grid(double step, long first, long last, GridPolicy policy) {
        this.step = step;
        this.first = first;
        this.last = last;
        this.policy = policy;
        this.decimalStep = step == Math.rint(step) || policy == GridPolicy.HYPEROPT ? null : decimal(step);
        this.points = decimalStep == null || last - first >= TABULATED || last < first
                ? null
                : LongStream.rangeClosed(first, last).mapToDouble(this::product).toArray();
    }

    /** The grid of a quantised distribution whose values lie between low and high (either may be infinite). */
    static Grid between(double low, double high, double step, GridPolicy policy) {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("q must be positive and finite: " + step);
        }
        double from = low / step;
        double to = high / step;
        // Hyperopt rounds: a multiple is reached where a part of its cell is inside; a touching edge has no mass.
        double first = policy == GridPolicy.EXACT ? firstInside(low, step) : Math.floor(from - 0.5) + 1;
        double last = policy == GridPolicy.EXACT ? -firstInside(-high, step) : Math.ceil(to + 0.5) - 1;
        return new Grid(step, clamp(first), clamp(last), policy);
    }

    /** The smallest multiple that is not below a bound, but for rounding. */
    private static double firstInside(double low, double step) {
        double quotient = low / step;
        if (Double.isInfinite(quotient) || Math.abs(quotient) >= UNBOUNDED) {
            return quotient;
        }
        if (Math.abs(quotient) <= NEAR) {
            return Math.ceil(quotient - SLACK * Math.max(1, Math.abs(quotient)));
        }
        return decimal(low)
                .subtract(FAR_SLACK.multiply(decimal(step)))
                .divide(decimal(step), 0, RoundingMode.CEILING)
                .doubleValue();
    }

    private static BigDecimal decimal(double number) {
        return new BigDecimal(CanonicalJson.number(number));
    }

    private static long clamp(double multiple) {
        return (long) Math.max(-UNBOUNDED, Math.min(UNBOUNDED, multiple));
    }

    /** The distance of neighbours, q. */
    public double step() {
        return step;
    }

    /** The smallest k. */
    public long first() {
        return first;
    }

    /** The largest k; below {@link #first} if no multiple lies inside. */
    public long last() {
        return last;
    }

    /** How the grid treats its bounds. */
    public GridPolicy policy() {
        return policy;
    }

    /** How many points; meaningless for an unbounded grid. */
    public long count() {
        return Math.max(0, last - first + 1);
    }

    boolean bounded() {
        return first > -UNBOUNDED && last < UNBOUNDED;
    }

    /** The value of the k-th multiple. */
    public double point(long k) {
        if (decimalStep == null) {
            return k * step + 0.0;
        }
        return points != null && k >= first && k <= last ? points[(int) (k - first)] : product(k);
    }

    private double product(long k) {
        return decimalStep.multiply(BigDecimal.valueOf(k)).doubleValue();
    }

    /** The multiple nearest to a value, halves to even, kept within the grid. */
    public long nearest(double value) {
        double k = Math.rint(value / step);
        return (long) Math.max(first, Math.min(last, k));
    }

    /** Whether the value is one of the points, up to rounding of decimals. */
    boolean contains(double value) {
        double k = Math.rint(value / step);
        return k >= first && k <= last && Math.abs(value - k * step) <= SLACK * Math.max(step, Math.abs(value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grid grid
                && step == grid.step
                && first == grid.first
                && last == grid.last
                && policy == grid.policy;
    }

    @Override
    public int hashCode() {
        return Objects.hash(step, first, last, policy);
    }

    @Override
    public String toString() {
        return bounded() ? step + " x (" + first + " to " + last + ")" : "multiples of " + step;
    }
}

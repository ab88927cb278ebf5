package io.trialstream.space;

/**
 * The standard normal distribution, accurate in both tails and the same on every machine (only IEEE arithmetic and
 * {@link StrictMath}).
 *
 * <p>Everything rests on the scaled complementary error function erfcx(z) = exp(z^2) erfc(z), z >= 0, for which
 * (1 + 2z) erfcx(z) is smooth in t = (z - c) / (z + c) on the whole half line (Shepherd and Laframboise, Mathematics of
 * Computation 36, 1981). Its Chebyshev coefficients for c = 3.75 were computed with 50 digits; the relative error of
 * the sum is below 1e-15.
 */
public final class StandardNormal {
    private static final double LOG_SQRT_2_PI = 0.9189385332046727;
    private static final double SQRT_HALF = 0.7071067811865476;
    private static final double LOG_HALF = -0.6931471805599453;
    private static final double CENTRE = 3.75;
    private static final double NARROW = 1e-5;
    private static final double[] CHEBYSHEV = {
        1.1775789345674017,
        -0.004590054580646478,
        -0.08424913336651792,
        0.05920993999819189,
        -0.026658668435305753,
        0.009074997670705265,
        -0.002413163540417608,
        4.907758365258086e-4,
        -6.916973302501207e-5,
        4.13902798607301e-6,
        7.74038306619849e-7,
        -2.1886401049234397e-7,
        1.076499946567091e-8,
        4.521959811218287e-9,
        -7.754400208831351e-10,
        -6.318088340886684e-11,
        2.86879501093067e-11,
        1.9455868545777347e-13,
        -9.65469674843344e-13,
        3.25254814814874e-14,
        3.3478119482868056e-14,
        -1.864562880419313e-15,
        -1.2507950530688648e-15,
        7.418235256624044e-17,
        5.068148904796111e-17
    };

    private StandardNormal() {}

    /** log of the density at x. */
    public static double logDensity(double x) {
        return -0.5 * x * x - LOG_SQRT_2_PI;
    }

    /** Phi(x), relative accuracy near 1e-15 for x <= 0, absolute for x > 0. */
    public static double cdf(double x) {
        return x > 0 ? 1 - lowerTail(-x) : lowerTail(x);
    }

    /** log Phi(x), for any x; finite down to about -1e154. */
    public static double logCdf(double x) {
        if (x > 0) {
            return StrictMath.log1p(-lowerTail(-x));
        }
        return x == Double.NEGATIVE_INFINITY ? x : LOG_HALF - 0.5 * x * x + StrictMath.log(erfcx(-x * SQRT_HALF));
    }

    /** log(Phi(b) - Phi(a)); minus infinity unless a < b. Bounds may be infinite. */
    public static double logMass(double a, double b) {
        if (!(a < b)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (a > 0) {
            return logMass(-b, -a);
        }
        if (b - a < NARROW && (b - a) * -a < NARROW) {
            return logDensity(0.5 * (a + b)) + StrictMath.log(b - a);
        }
        if (b <= 0) {
            double upper = logCdf(b);
            return upper + StrictMath.log1p(-StrictMath.exp(logCdf(a) - upper));
        }
        return StrictMath.log1p(-(lowerTail(a) + lowerTail(-b)));
    }

    /** The x with Phi(x) = p, for p in [0, 1]. */
    public static double quantile(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p must be in [0, 1]: " + p);
        }
        return p <= 0.5 ? quantileOfLog(StrictMath.log(p)) : -quantileOfLog(StrictMath.log1p(-p));
    }

    /**
     * The x with log Phi(x) = logP, for logP <= 0: a rational first guess (Abramowitz and Stegun 26.2.23), then
     * Newton's method on log Phi, which is concave, so that it converges from any start.
     */
    public static double quantileOfLog(double logP) {
        if (logP > LOG_HALF) {
            return logP < 0 ? -quantileOfLog(StrictMath.log(-StrictMath.expm1(logP))) : Double.POSITIVE_INFINITY;
        }
        if (logP == Double.NEGATIVE_INFINITY) {
            return logP;
        }
        double t = StrictMath.sqrt(-2 * logP);
        double x =
                (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
        for (int i = 0; i < 12; i++) {
            double logCdf = logCdf(x);
            double step = (logCdf - logP) * StrictMath.exp(logCdf - logDensity(x));
            x -= step;
            if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(x))) {
                break;
            }
        }
        return x;
    }

    /**
     * Quantile of the standard normal truncated to [a, b], 0 <= u <= 1; the computation stays in the tail that holds
     * the mass, so it is exact far out too.
     */
    public static double truncatedQuantile(double u, double a, double b) {
        return a > 0 ? -truncatedQuantile(1 - u, -b, -a) : truncatedQuantile(u, a, b, logCdf(a), logMass(a, b));
    }

    /**
     * The same where more is known.
     *
     * @param a at most 0
     * @param logLower {@link #logCdf} of a
     * @param logMass {@link #logMass} of a and b
     */
    public static double truncatedQuantile(double u, double a, double b, double logLower, double logMass) {
        double logPart = u > 0 ? StrictMath.log(u) + logMass : Double.NEGATIVE_INFINITY;
        double x = quantileOfLog(Math.min(0, logSum(logLower, logPart)));
        return Math.min(Math.max(x, a), b);
    }

    private static double logSum(double a, double b) {
        double high = Math.max(a, b);
        return high == Double.NEGATIVE_INFINITY ? high : high + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - high));
    }

    private static double lowerTail(double x) {
        return x == Double.NEGATIVE_INFINITY ? 0 : 0.5 * StrictMath.exp(-0.5 * x * x) * erfcx(-x * SQRT_HALF);
    }

    private static double erfcx(double z) {
        double twiceT = 2 * (z - CENTRE) / (z + CENTRE);
        double current = 0;
        double previous = 0;
        for (int i = CHEBYSHEV.length - 1; i > 0; i--) {
            double next = twiceT * current - previous + CHEBYSHEV[i];
            previous = current;
            current = next;
        }
        return (0.5 * twiceT * current - previous + CHEBYSHEV[0]) / (1 + 2 * z);
    }
}

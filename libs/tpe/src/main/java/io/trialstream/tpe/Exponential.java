package io.trialstream.tpe;

/**
 * exp(x) for x up to 700, within 1e-15 relative, and 0 below -700: a mixture of thousands of kernels takes it a hundred thousand
 * times for one suggestion, and {@link StrictMath#exp} is five times as slow.
 *
 * <p>With n the integer nearest to 32 x / ln 2, exp(x) = 2^(n / 32) exp(x - n ln 2 / 32): a table, and a polynomial of
 * degree 6 on an argument below 0.011 (Tang, ACM Transactions on Mathematical Software 15, 1989). Only IEEE additions
 * and multiplications, hence the same on every machine.
 */
final class Exponential {
    private static final double LIMIT = 700;
    private static final int PARTS = 32;
    private static final double INVERSE_STEP = 46.16624130844683;
    /** ln 2 / 32 in two parts; the first has so few bits that its product with n is exact. */
    private static final double STEP_HIGH = 0.021660849392446835;

    private static final double STEP_LOW = 5.145609244655338e-14;
    private static final double[] ROOTS = new double[PARTS];

    static {
        for (int i = 0; i < PARTS; i++) {
            ROOTS[i] = StrictMath.pow(2, i / (double) PARTS);
        }
    }

    private Exponential() {}

    static double of(double x) {
        if (x < -LIMIT) {
            return 0;
        }
        double n = Math.rint(x * INVERSE_STEP);
        double r = x - n * STEP_HIGH - n * STEP_LOW;
        int whole = (int) n;
        double tail = r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720)))));
        double root = ROOTS[whole & PARTS - 1];
        double power = Double.longBitsToDouble((long) (whole >> 5) + 1023 << 52);
        return power * (root + root * (r + r * tail));
    }
}

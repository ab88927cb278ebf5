package io.trialstream.space;

/** The four continuous families. The log families are uniform or normal in the logarithm of the value. */
public enum Family {
    /** Uniform between two bounds. */
    UNIFORM(true, false),
    /** Uniform in the logarithm; the bounds are bounds of the logarithm. */
    LOGUNIFORM(true, true),
    /** Normal: mean and standard deviation. */
    NORMAL(false, false),
    /** Normal in the logarithm: mean and standard deviation of the logarithm. */
    LOGNORMAL(false, true);

    private final boolean bounded;
    private final boolean logarithmic;

    Family(boolean bounded, boolean logarithmic) {
        this.bounded = bounded;
        this.logarithmic = logarithmic;
    }

    /** Whether the family has bounds. */
    public boolean bounded() {
        return bounded;
    }

    /** Whether the family lives in the logarithm of the value. */
    public boolean logarithmic() {
        return logarithmic;
    }

    /** The value in the scale the family is uniform or normal in. */
    public double toLatent(double value) {
        return logarithmic ? StrictMath.log(value) : value;
    }

    /** The inverse of {@link #toLatent}. */
    public double fromLatent(double latent) {
        return logarithmic ? StrictMath.exp(latent) : latent;
    }
}

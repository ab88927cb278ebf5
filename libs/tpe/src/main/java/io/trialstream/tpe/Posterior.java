package io.trialstream.tpe;

/** A density over the values of one parameter. */
interface Posterior {
    /** Draws a value. */
    double draw(CounterRandom random);

    /** log of the density or mass of a value, up to a constant. */
    double logDensity(double value);
}

package io.trialstream.tpe;

/**
 * The kernels of one parameter, one for each member; where the parameter was not active in a member, the prior stands
 * in for the kernel.
 */
interface TreeKernels {
    /** Draws a value from a member's kernel. */
    double draw(int member, CounterRandom random);

    /**
     * Adds to each member's sum the log density or mass of a value under its kernel.
     *
     * @param latent its place on the parameter's axis, if that is ordered
     * @param logPrior log of its density (on the axis) or mass under the prior
     */
    void add(double value, double latent, double logPrior, double[] sums);

    /** Whether the kernels give masses to values that candidates share, rather than densities to points. */
    boolean discrete();
}

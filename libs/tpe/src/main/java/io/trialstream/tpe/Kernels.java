package io.trialstream.tpe;

/** The kernels of one parameter: one for each observation, the prior's last. */
interface Kernels {
    /** Draws a value from a kernel. */
    double draw(int kernel, CounterRandom random);

    /** Adds to each element the log density or mass of the value under the kernel of that place. */
    void addLogDensities(double value, double[] sums);
}

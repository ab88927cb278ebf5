package io.trialstream.trainer.dl4j;

import org.nd4j.linalg.schedule.ISchedule;

/** The learning rate of the step that is taken next, as the training loop gave it. Used by the training thread. */
final class StepRate implements ISchedule {

    private static final long serialVersionUID = 1L;

    private double rate;

    void set(double rateOfStep) {
        rate = rateOfStep;
    }

    double get() {
        return rate;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return rate;
    }

    /** The one source of all copies that DL4J makes of a network's updaters. */
    @Override
    public ISchedule clone() {
        return this;
    }
}

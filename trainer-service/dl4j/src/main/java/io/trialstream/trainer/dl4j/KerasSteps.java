package io.trialstream.trainer.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/** Steps of a {@link KerasRule} on one block of weights. Its state is a view of DL4J's, saved with it. One thread. */
abstract class KerasSteps implements GradientUpdater<KerasRule> {

    private final KerasRule rule;

    KerasSteps(KerasRule rule) {
        this.rule = rule;
    }

    /**
     * Replaces the gradient by what is to be subtracted from the weights.
     *
     * @param gradient a vector
     * @param step counted from 1
     */
    abstract void apply(INDArray gradient, int step, double learningRate);

    /** DL4J counts iterations from 0, Keras from 1. */
    @Override
    public final void applyUpdater(INDArray gradient, int iteration, int epoch) {
        apply(gradient.reshape(gradient.length()), iteration + 1, rule.rate().get());
    }

    @Override
    public final KerasRule getConfig() {
        return rule;
    }

    @Override
    public final Map<String, INDArray> getState() {
        throw new UnsupportedOperationException("state is one array");
    }

    @Override
    public final void setState(Map<String, INDArray> state, boolean initialize) {
        throw new UnsupportedOperationException("state is one array");
    }

    @Override
    public final void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
        throw new UnsupportedOperationException("the state is given when the rule is instantiated");
    }
}

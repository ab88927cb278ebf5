package io.trialstream.trainer.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Nadam as Keras defines it; the formula is at {@link io.trialstream.trainer.blueprint.OptimizerKind#NADAM}. DL4J's own
 * Nadam lacks the bias correction of the second moment, so that its first steps are tens of times too long.
 *
 * @param learningRate constant over the training
 */
record KerasNadam(double learningRate) implements IUpdater {

    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    static final double EPSILON = 1e-7;

    /** First and second moment of every weight. */
    @Override
    public long stateSize(long parameters) {
        return 2 * parameters;
    }

    @Override
    public GradientUpdater<KerasNadam> instantiate(INDArray state, boolean initialize) {
        KerasNadamUpdater updater = new KerasNadamUpdater(this);
        updater.setStateViewArray(state, new long[] {1, state.length() / 2}, 'f', initialize);
        return updater;
    }

    @Override
    public GradientUpdater<KerasNadam> instantiate(Map<String, INDArray> state, boolean initialize) {
        KerasNadamUpdater updater = new KerasNadamUpdater(this);
        updater.setState(state, initialize);
        return updater;
    }

    /** Immutable, so that this is its own copy. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public IUpdater clone() {
        return this;
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return learningRate;
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        throw new UnsupportedOperationException("the learning rate is fixed when the network is built");
    }
}

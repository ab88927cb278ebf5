package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.blueprint.OptimizerKind;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * An update rule with Keras's formula ({@link OptimizerKind}) where DL4J's own differs: its Nadam lacks the bias
 * correction of the second moment, so that its first steps are tens of times too long; its RMSprop adds epsilon under
 * the root, which shortens the steps of small gradients.
 *
 * @param rate the learning rate of each step
 * @param moments how many values of state each weight has
 * @param steps makes what takes the steps, from the state (moment after moment)
 */
record KerasRule(StepRate rate, int moments, BiFunction<KerasRule, INDArray, GradientUpdater<KerasRule>> steps)
        implements IUpdater {

    static final double EPSILON = 1e-7;

    /** Validates. */
    KerasRule {
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(steps, "steps");
    }

    static KerasRule nadam(StepRate rate) {
        return new KerasRule(rate, 2, NadamSteps::new);
    }

    static KerasRule rmsProp(StepRate rate) {
        return new KerasRule(rate, 1, RmsPropSteps::new);
    }

    @Override
    public long stateSize(long parameters) {
        return moments * parameters;
    }

    @Override
    public GradientUpdater<KerasRule> instantiate(INDArray state, boolean initialize) {
        if (initialize) {
            state.assign(0);
        }
        return steps.apply(this, state.reshape(state.length()));
    }

    /** DL4J keeps updaters' state in one array; this form is for parameter servers. */
    @Override
    public GradientUpdater<KerasRule> instantiate(Map<String, INDArray> state, boolean initialize) {
        throw new UnsupportedOperationException("state is given as one array");
    }

    /** Immutable, so that this is its own copy. */
    @Override
    public IUpdater clone() {
        return this;
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return rate.get();
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        throw new UnsupportedOperationException("the learning rate comes with each step");
    }
}

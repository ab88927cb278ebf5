package io.trialstream.trainer.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** RMSprop in the form of Keras; the formula is at {@link io.trialstream.trainer.blueprint.OptimizerKind#RMSPROP}. */
final class RmsPropSteps extends KerasSteps {

    private static final double RHO = 0.9;

    private final INDArray second;

    RmsPropSteps(KerasRule rule, INDArray state) {
        super(rule);
        this.second = state;
    }

    @Override
    void apply(INDArray gradient, int step, double learningRate) {
        second.muli(RHO).addi(gradient.mul(gradient).muli(1 - RHO));
        gradient.divi(Transforms.sqrt(second, true).addi(KerasRule.EPSILON)).muli(learningRate);
    }
}

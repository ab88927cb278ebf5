package io.trialstream.trainer.libtorch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The formula is at {@link io.trialstream.trainer.blueprint.OptimizerKind#RMSPROP}. */
final class RmsPropRule extends UpdateRule {

    private static final double RHO = 0.9;

    RmsPropRule(Tensor weights) {
        super(weights, 1);
    }

    @Override
    void step(Tensor weights, Tensor gradient, long step, double learningRate) {
        Tensor second = moments().get(0);
        averageSquare(second, gradient, RHO);
        weights.addcdiv_(gradient, root(second, 1), new Scalar(-learningRate));
    }
}

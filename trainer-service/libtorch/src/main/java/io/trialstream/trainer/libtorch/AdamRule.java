package io.trialstream.trainer.libtorch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The formula is at {@link io.trialstream.trainer.blueprint.OptimizerKind#ADAM}. */
final class AdamRule extends UpdateRule {

    AdamRule(Tensor weights) {
        super(weights, 2);
    }

    @Override
    void step(Tensor weights, Tensor gradient, long step, double learningRate) {
        Tensor first = moments().get(0);
        Tensor second = moments().get(1);
        average(first, gradient, BETA1);
        averageSquare(second, gradient, BETA2);
        double rate = learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
        weights.addcdiv_(first, root(second, 1), new Scalar(-rate));
    }
}

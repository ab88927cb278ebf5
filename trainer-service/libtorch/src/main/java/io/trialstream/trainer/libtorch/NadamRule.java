package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.training.NadamSchedule;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The formula is at {@link io.trialstream.trainer.blueprint.OptimizerKind#NADAM}. */
final class NadamRule extends UpdateRule {

    private final NadamSchedule schedule = new NadamSchedule();

    NadamRule(Tensor weights) {
        super(weights, 2);
    }

    @Override
    void step(Tensor weights, Tensor gradient, long step, double learningRate) {
        double product = schedule.product(step);
        Tensor first = moments().get(0);
        Tensor second = moments().get(1);
        average(first, gradient, BETA1);
        averageSquare(second, gradient, BETA2);
        double next = schedule.momentum(step + 1);
        Tensor direction = gradient.mul_(new Scalar((1 - schedule.momentum(step)) / (1 - product)))
                .add_(first, new Scalar(next / (1 - product * next)));
        weights.addcdiv_(direction, root(second, 1 / (1 - Math.pow(BETA2, step))), new Scalar(-learningRate));
    }
}

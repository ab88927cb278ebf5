package io.trialstream.trainer.libtorch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The formula is at {@link io.trialstream.trainer.blueprint.OptimizerKind#NADAM}. */
final class NadamRule extends UpdateRule {

    /** P_t of step {@code productStep}; counted anew when steps do not follow each other, as after a resume. */
    private double product = 1;

    private long productStep;

    NadamRule(Tensor weights) {
        super(weights, 2);
    }

    @Override
    void step(Tensor weights, Tensor gradient, long step, double learningRate) {
        advanceProductTo(step);
        Tensor first = moments().get(0);
        Tensor second = moments().get(1);
        average(first, gradient, BETA1);
        averageSquare(second, gradient, BETA2);
        double next = momentum(step + 1);
        Tensor direction = gradient.mul_(new Scalar((1 - momentum(step)) / (1 - product)))
                .add_(first, new Scalar(next / (1 - product * next)));
        weights.addcdiv_(direction, root(second, 1 / (1 - Math.pow(BETA2, step))), new Scalar(-learningRate));
    }

    private void advanceProductTo(long step) {
        if (productStep >= step) {
            productStep = 0;
            product = 1;
        }
        while (productStep < step) {
            productStep++;
            product *= momentum(productStep);
        }
    }

    private static double momentum(long step) {
        return BETA1 * (1 - 0.5 * Math.pow(0.96, 0.004 * step));
    }
}

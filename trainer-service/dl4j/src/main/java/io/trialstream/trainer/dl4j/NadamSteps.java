package io.trialstream.trainer.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Nadam in the form of Keras; the formula is at {@link io.trialstream.trainer.blueprint.OptimizerKind#NADAM}. */
final class NadamSteps extends KerasSteps {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final INDArray first;
    private final INDArray second;
    /** P_t of the step {@code productStep}; counted anew when steps do not follow each other, as after a resume. */
    private double product = 1;

    private int productStep;

    NadamSteps(KerasRule rule, INDArray state) {
        super(rule);
        long half = state.length() / 2;
        this.first = state.get(NDArrayIndex.interval(0, half));
        this.second = state.get(NDArrayIndex.interval(half, 2 * half));
    }

    @Override
    void apply(INDArray gradient, int step, double learningRate) {
        advanceProductTo(step);
        double momentum = momentum(step);
        double nextMomentum = momentum(step + 1);
        first.muli(BETA1).addi(gradient.mul(1 - BETA1));
        second.muli(BETA2).addi(gradient.mul(gradient).muli(1 - BETA2));
        INDArray scale =
                Transforms.sqrt(second.div(1 - Math.pow(BETA2, step)), false).addi(KerasRule.EPSILON);
        gradient.muli((1 - momentum) / (1 - product))
                .addi(first.mul(nextMomentum / (1 - product * nextMomentum)))
                .divi(scale)
                .muli(learningRate);
    }

    private void advanceProductTo(int step) {
        if (productStep >= step) {
            productStep = 0;
            product = 1;
        }
        while (productStep < step) {
            productStep++;
            product *= momentum(productStep);
        }
    }

    private static double momentum(int step) {
        return BETA1 * (1 - 0.5 * Math.pow(0.96, 0.004 * step));
    }
}

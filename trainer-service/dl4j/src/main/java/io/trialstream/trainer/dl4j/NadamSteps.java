package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.training.NadamSchedule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Nadam in the form of Keras; the formula is at {@link io.trialstream.trainer.blueprint.OptimizerKind#NADAM}. */
final class NadamSteps extends KerasSteps {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final INDArray first;
    private final INDArray second;
    private final NadamSchedule schedule = new NadamSchedule();

    NadamSteps(KerasRule rule, INDArray state) {
        super(rule);
        long half = state.length() / 2;
        this.first = state.get(NDArrayIndex.interval(0, half));
        this.second = state.get(NDArrayIndex.interval(half, 2 * half));
    }

    @Override
    void apply(INDArray gradient, int step, double learningRate) {
        double product = schedule.product(step);
        double momentum = schedule.momentum(step);
        double nextMomentum = schedule.momentum(step + 1);
        first.muli(BETA1).addi(gradient.mul(1 - BETA1));
        second.muli(BETA2).addi(gradient.mul(gradient).muli(1 - BETA2));
        INDArray scale =
                Transforms.sqrt(second.div(1 - Math.pow(BETA2, step)), false).addi(KerasRule.EPSILON);
        gradient.muli((1 - momentum) / (1 - product))
                .addi(first.mul(nextMomentum / (1 - product * nextMomentum)))
                .divi(scale)
                .muli(learningRate);
    }
}

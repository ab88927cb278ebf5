package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.training.HeadScore;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A head's weighted cross-entropy that also scores the training batch: its forward pass is at hand here, and a second
 * one for the training metrics would cost a third of the training. Used by one thread.
 */
final class HeadLoss extends LossMCXENT {

    private static final long serialVersionUID = 1L;

    private final int classes;
    private transient int[] labels;
    private transient HeadScore score = HeadScore.NONE;

    /** @param weight of this head in the network's loss */
    HeadLoss(int classes, double weight) {
        super(Nd4j.valueArrayOf(new long[] {classes}, weight, DataType.FLOAT));
        this.classes = classes;
    }

    /** Announces the labels of the batch that is trained next. */
    void expect(int[] labelsOfBatch) {
        labels = labelsOfBatch;
    }

    /** The score of the batch trained last. */
    HeadScore score() {
        return score;
    }

    @Override
    public INDArray computeGradient(INDArray oneHot, INDArray preOutput, IActivation activation, INDArray mask) {
        if (labels != null) {
            float[] probabilities = activation
                    .getActivation(preOutput.dup('c'), true)
                    .dup('c')
                    .data()
                    .asFloat();
            score = HeadScore.of(probabilities, labels, classes);
        }
        return super.computeGradient(oneHot, preOutput, activation, mask);
    }
}

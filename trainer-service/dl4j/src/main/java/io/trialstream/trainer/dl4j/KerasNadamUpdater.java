package io.trialstream.trainer.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * One step of {@link KerasNadam} on a block of weights. Its moments are a view of DL4J's updater state, so that they are
 * saved with it; the product of the momentum schedule follows from the step's number. Used by one thread.
 */
final class KerasNadamUpdater implements GradientUpdater<KerasNadam> {

    private static final String FIRST_MOMENT = "m";
    private static final String SECOND_MOMENT = "v";

    private final KerasNadam config;
    private INDArray first;
    private INDArray second;
    /** P_t of the step {@code productStep}; recomputed when steps do not follow each other. */
    private double product = 1;
    private int productStep;

    KerasNadamUpdater(KerasNadam config) {
        this.config = config;
    }

    @Override
    public KerasNadam getConfig() {
        return config;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialize) {
        first = state.get(FIRST_MOMENT);
        second = state.get(SECOND_MOMENT);
    }

    @Override
    public Map<String, INDArray> getState() {
        return Map.of(FIRST_MOMENT, first, SECOND_MOMENT, second);
    }

    @Override
    public void setStateViewArray(INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
        INDArray flat = view.reshape(view.length());
        if (initialize) {
            flat.assign(0);
        }
        long half = flat.length() / 2;
        first = flat.get(NDArrayIndex.interval(0, half));
        second = flat.get(NDArrayIndex.interval(half, 2 * half));
    }

    /** Replaces the gradient by what is to be subtracted from the weights. DL4J counts iterations from 0, Keras from 1. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        int step = iteration + 1;
        advanceProductTo(step);
        double momentum = momentum(step);
        double nextMomentum = momentum(step + 1);
        INDArray g = gradient.reshape(gradient.length());

        first.muli(KerasNadam.BETA1).addi(g.mul(1 - KerasNadam.BETA1));
        second.muli(KerasNadam.BETA2).addi(g.mul(g).muli(1 - KerasNadam.BETA2));
        INDArray scale = Transforms.sqrt(second.div(1 - Math.pow(KerasNadam.BETA2, step)), false).addi(KerasNadam.EPSILON);
        g.muli((1 - momentum) / (1 - product))
                .addi(first.mul(nextMomentum / (1 - product * nextMomentum)))
                .divi(scale)
                .muli(config.learningRate());
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
        return KerasNadam.BETA1 * (1 - 0.5 * Math.pow(0.96, 0.004 * step));
    }
}

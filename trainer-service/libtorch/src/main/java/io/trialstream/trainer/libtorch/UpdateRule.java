package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.blueprint.OptimizerKind;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Changes weights by their gradients after Keras's formula ({@link OptimizerKind}), all weights in a few operations on
 * flat buffers, in place. libtorch's own optimisers differ from Keras in their epsilons and its Nadam in its schedule.
 * Used by one thread at a time.
 */
abstract class UpdateRule implements AutoCloseable {

    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    static final double EPSILON = 1e-7;

    private final Retained retained = new Retained();
    private final List<Tensor> moments = new ArrayList<>();
    private final Tensor scratch;

    /** @param weights which it is for: gives length, device and type of the state */
    UpdateRule(Tensor weights, int moments) {
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < moments; i++) {
                this.moments.add(retained.keep(torch.zeros_like(weights)));
            }
            this.scratch = retained.keep(torch.zeros_like(weights));
        }
    }

    static UpdateRule of(OptimizerKind kind, Tensor weights) {
        return switch (kind) {
            case ADAM -> new AdamRule(weights);
            case NADAM -> new NadamRule(weights);
            case RMSPROP -> new RmsPropRule(weights);
        };
    }

    /**
     * Takes one step; the gradient is used up.
     *
     * @param step counted from 1
     */
    abstract void step(Tensor weights, Tensor gradient, long step, double learningRate);

    /** The state: as many vectors as the rule has moments, all zero before the first step. */
    final List<Tensor> moments() {
        return moments;
    }

    /** moment = decay moment + (1 - decay) gradient. */
    static void average(Tensor moment, Tensor gradient, double decay) {
        moment.mul_(new Scalar(decay)).add_(gradient, new Scalar(1 - decay));
    }

    /** moment = decay moment + (1 - decay) gradient^2. */
    static void averageSquare(Tensor moment, Tensor gradient, double decay) {
        moment.mul_(new Scalar(decay)).addcmul_(gradient, gradient, new Scalar(1 - decay));
    }

    /** sqrt(factor moment) + epsilon, in the rule's scratch vector. */
    final Tensor root(Tensor moment, double factor) {
        torch.sqrt_out(scratch, moment);
        if (factor != 1) {
            scratch.mul_(new Scalar(Math.sqrt(factor)));
        }
        return scratch.add_(new Scalar(EPSILON));
    }

    @Override
    public void close() {
        retained.close();
    }
}

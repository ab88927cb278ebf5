package io.trialstream.trainer.training;

import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.WeightInit;
import java.util.Objects;

/**
 * How a network is trained, apart from its blueprint and the learning rate, which each step gets anew.
 *
 * @param optimizer the rule by which gradients change weights
 * @param weightInit how kernels begin
 * @param labelSmoothing e: in the training loss, a label's target is 1 - e + e / classes and every other class's e /
 *     classes; the reported losses are without it. 0 for none.
 */
public record TrainingRecipe(OptimizerKind optimizer, WeightInit weightInit, double labelSmoothing) {

    /** Validates. */
    public TrainingRecipe {
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(weightInit, "weightInit");
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("labelSmoothing must be within [0, 1) but is " + labelSmoothing);
        }
    }

    /** The seed's: Glorot-uniform kernels, labels as they are. */
    public static TrainingRecipe of(OptimizerKind optimizer) {
        return new TrainingRecipe(optimizer, WeightInit.GLOROT_UNIFORM, 0);
    }
}

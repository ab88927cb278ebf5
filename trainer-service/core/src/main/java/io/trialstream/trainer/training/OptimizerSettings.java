package io.trialstream.trainer.training;

import io.trialstream.trainer.blueprint.OptimizerKind;
import java.util.Objects;

/**
 * How weights are updated.
 *
 * @param kind the rule
 * @param learningRate above 0
 */
public record OptimizerSettings(OptimizerKind kind, double learningRate) {

    /** Validates. */
    public OptimizerSettings {
        Objects.requireNonNull(kind, "kind");
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException("learningRate must be above 0 but is " + learningRate);
        }
    }
}

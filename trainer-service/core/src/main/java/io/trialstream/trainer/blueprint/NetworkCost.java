package io.trialstream.trainer.blueprint;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;

/** What a network costs to train, worked out from its blueprint. */
public final class NetworkCost {

    private NetworkCost() {}

    /**
     * Least memory that training takes: weights, gradients, the kept best weights and the optimiser's moments; and for
     * each image of a batch every layer's output and its gradient. Engines take more, for convolutions' working memory.
     */
    public static long trainingBytes(NetworkBlueprint blueprint, OptimizerKind optimizer, int batchSize) {
        long moments = optimizer == OptimizerKind.RMSPROP ? 1 : 2;
        long activations = blueprint.layers().stream()
                .mapToLong(BlueprintLayer::outputValues)
                .sum();
        long forWeights = Math.multiplyExact(blueprint.parameters(), 3 + moments);
        long forImages = Math.multiplyExact(2L * batchSize, activations);
        return Math.multiplyExact(Float.BYTES, Math.addExact(forWeights, forImages));
    }
}

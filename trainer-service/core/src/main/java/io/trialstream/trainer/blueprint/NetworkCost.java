package io.trialstream.trainer.blueprint;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;

/**
 * What a network costs, worked out from its blueprint.
 *
 * @param multiplyAdds of the convolutions and dense layers in one image's forward pass; a training step takes about
 *     three times as many
 * @param activations values that all layers give for one image
 */
public record NetworkCost(long multiplyAdds, long activations) {

    /** The cost of the blueprint. */
    public static NetworkCost of(NetworkBlueprint blueprint) {
        long multiplyAdds = 0;
        long activations = 0;
        for (BlueprintLayer layer : blueprint.layers()) {
            multiplyAdds += multiplyAdds(blueprint, layer);
            activations += values(layer);
        }
        return new NetworkCost(multiplyAdds, activations);
    }

    /**
     * Least memory that training takes: weights, gradients, the kept best weights and the optimiser's moments; and for
     * each image of a batch every layer's output and its gradient. Engines take more, for convolutions' working memory.
     */
    public static long trainingBytes(NetworkBlueprint blueprint, OptimizerKind optimizer, int batchSize) {
        long moments = optimizer == OptimizerKind.RMSPROP ? 1 : 2;
        long forWeights = Math.multiplyExact(blueprint.parameters(), 3 + moments);
        long forImages = Math.multiplyExact(2L * batchSize, of(blueprint).activations());
        return Math.multiplyExact(Float.BYTES, Math.addExact(forWeights, forImages));
    }

    private static long multiplyAdds(NetworkBlueprint blueprint, BlueprintLayer layer) {
        if (layer instanceof BlueprintLayer.Convolution convolution) {
            long window = (long) convolution.kernel() * convolution.kernel();
            return values(layer) * window * inputsOf(blueprint, layer);
        }
        if (layer instanceof BlueprintLayer.Dense || layer instanceof BlueprintLayer.Head) {
            return values(layer) * inputsOf(blueprint, layer);
        }
        return 0;
    }

    /** Channels of a feature map, or units. */
    private static long inputsOf(NetworkBlueprint blueprint, BlueprintLayer layer) {
        return blueprint.layer(layer.inputs().get(0)).outputShape().get(0);
    }

    private static long values(BlueprintLayer layer) {
        return layer.outputShape().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}

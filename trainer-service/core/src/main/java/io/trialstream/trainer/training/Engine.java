package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.NetworkBlueprint;

/**
 * What computes: builds networks from blueprints. Thread-safe; several networks of one engine may train at once, each
 * on its own thread.
 */
public interface Engine {

    /** Short name, such as {@code dl4j}. */
    String name();

    /** What it computes on, for people: library, version, processor, threads. */
    String device();

    /**
     * A network with fresh weights: Glorot-uniform kernels, zero biases.
     *
     * @param seed of the weights; equal seeds give equal weights
     */
    EngineRun build(NetworkBlueprint blueprint, OptimizerSettings optimizer, long seed);
}

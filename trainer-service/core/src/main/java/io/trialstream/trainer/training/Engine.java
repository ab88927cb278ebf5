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
     * A network that begins with {@link InitialWeights}.
     *
     * @param seed of the weights
     * @throws io.trialstream.trainer.workload.InfeasibleException if it does not fit into the engine's memory
     */
    EngineRun build(NetworkBlueprint blueprint, TrainingRecipe recipe, long seed);
}

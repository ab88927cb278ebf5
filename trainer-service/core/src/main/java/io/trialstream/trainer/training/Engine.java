package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What computes: builds networks from blueprints. Thread-safe; several networks of one engine may train at once, each
 * on its own thread.
 */
public interface Engine {

    /** Short name, such as {@code dl4j}. */
    String name();

    /** What it computes on, for people: library, version, processor, threads. */
    String device();

    /** How much memory all its networks may take together, outside of the Java heap; empty where that is not limited. */
    default OptionalLong memoryBytes() {
        return OptionalLong.empty();
    }

    /**
     * A network that begins with {@link InitialWeights}.
     *
     * @param seed of the weights
     * @throws io.trialstream.trainer.workload.InfeasibleException if it does not fit into the engine's memory
     */
    EngineRun build(NetworkBlueprint blueprint, TrainingRecipe recipe, long seed);

    /**
     * A probe of the blueprint's last layer, a feature map; empty if this engine cannot probe.
     *
     * @param blueprint a network without batch normalisation, dropout and heads
     * @param weights as in {@link EngineRun#weights()}
     */
    default Optional<FilterProbe> probe(NetworkBlueprint blueprint, Map<String, Tensor> weights) {
        return Optional.empty();
    }
}

package io.trialstream.trainer.training;

import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import java.util.Map;
import java.util.Optional;

/** A network in training. Used by one thread at a time. */
public interface EngineRun extends AutoCloseable {

    /**
     * Called before each epoch: everything random in its batches (dropout) follows from the seed, so that an epoch can
     * be repeated from the weights before it.
     */
    void beginEpoch(long seed);

    /**
     * One gradient step on the batch. The result is that of the forward pass before the step, dropout active, batch
     * normalisation by the batch's own statistics, labels as they are.
     *
     * @param learningRate of this step, from 0 up
     */
    BatchScore train(ImageBatch batch, double learningRate);

    /** Inference mode: no dropout, batch normalisation by the running statistics. Changes nothing. */
    BatchScore evaluate(ImageBatch batch);

    /**
     * How to take whole passes through this network without a batch leaving the device; empty where batches come from
     * the host, one by one.
     */
    default Optional<DevicePasses> onDevice() {
        return Optional.empty();
    }

    /** Remembers the present weights (running statistics included) as the run's best, in memory. */
    void keepWeights();

    /** Goes back to the weights kept last. @throws IllegalStateException if none were kept */
    void restoreKeptWeights();

    /**
     * Writes what the next step depends on, and the kept weights: present weights, running statistics, the optimiser's
     * state. Names and layout are the engine's own.
     */
    void save(StateSink sink);

    /**
     * Takes over what a run of the same engine and blueprint saved. On one thread, the steps that follow are then the
     * same bit by bit as if the other run had gone on.
     *
     * @param steps gradient steps that the other run had taken
     * @throws IllegalArgumentException if it does not fit this network
     */
    void restore(StateSource source, long steps);

    /** The present weights by the names and in the shapes of {@link InitialWeights}; the tensors are copies. */
    Map<String, Tensor> weights();

    /**
     * Sets all weights; the optimiser's state stays as it is.
     *
     * @throws IllegalArgumentException if a name is missing or unknown, or a shape differs
     */
    void setWeights(Map<String, Tensor> weights);

    /** What each layer gives for a batch in inference mode, by layer; empty if this engine cannot tell. */
    default Map<String, float[]> activations(ImageBatch batch) {
        return Map.of();
    }

    /** Frees the network's memory. Idempotent. */
    @Override
    void close();
}

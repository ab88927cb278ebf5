package io.trialstream.trainer.training;

/** A network in training. Used by one thread at a time. */
public interface EngineRun extends AutoCloseable {

    /**
     * Called before each epoch: everything random in its batches (dropout) follows from the seed, so that an epoch can
     * be repeated from the weights before it.
     */
    void beginEpoch(long seed);

    /**
     * One gradient step on the batch. The result is that of the forward pass before the step, dropout active, batch
     * normalisation by the batch's own statistics.
     */
    BatchScore train(ImageBatch batch);

    /** Inference mode: no dropout, batch normalisation by the running statistics. Changes nothing. */
    BatchScore evaluate(ImageBatch batch);

    /** Remembers the present weights (running statistics included) as the run's best, in memory. */
    void keepWeights();

    /** Goes back to the weights kept last. @throws IllegalStateException if none were kept */
    void restoreKeptWeights();

    /** Frees the network's memory. Idempotent. */
    @Override
    void close();
}

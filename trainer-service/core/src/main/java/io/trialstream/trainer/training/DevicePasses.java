package io.trialstream.trainer.training;

/**
 * Passes over images that an engine keeps on its device, which assembles the batches itself: what the host does for a
 * batch is to ask for it. The batches are those of {@link BatchPlan#batch}, to the last bit. Used by one thread at a
 * time; belongs to its {@link EngineRun}.
 */
public interface DevicePasses {

    /** Begins a pass: the plan goes to the device, and its images where they are not there yet. */
    void begin(BatchPlan plan);

    /** As {@link EngineRun#train}, on batch {@code number} of the plan. Reads nothing back. */
    void train(int number, double learningRate);

    /** As {@link EngineRun#evaluate}, on batch {@code number} of the plan. Reads nothing back. */
    void evaluate(int number);

    /** The sum of all batches since the pass began. Waits until the device has done them. */
    BatchScore score();
}

package io.trialstream.trainer.workload;

import io.trialstream.contracts.Capability;
import java.util.List;

/**
 * A kind of trial that a trainer can run, found by its name in the trainer's allow-list.
 *
 * <p>Thread-safe: several slots of one trainer may start runs of the same workload at once.
 */
public interface Workload {

    /** The name by which a study's training settings choose this workload, such as {@code cifar-cnn}. */
    String name();

    /**
     * What a study may ask of it; the trainer tells it in its heartbeats, so that a study that asks for anything else is
     * refused when it is created. It must not block, and never changes.
     */
    default Capability capability() {
        return new Capability(name(), List.of(), List.of(), List.of());
    }

    /**
     * Prepares a run: data set opened, network built, nothing trained yet. May take seconds.
     *
     * @throws InfeasibleException if the configuration itself cannot be trained (its architecture is impossible)
     * @throws IllegalArgumentException if the study is at fault: a key of the configuration is missing or of the wrong
     *     kind, or the training settings belong to another workload; the message names the key and the value
     * @throws RuntimeException any other: the infrastructure is at fault (data set not available, engine broken)
     */
    WorkloadRun start(TrialRequest request);
}

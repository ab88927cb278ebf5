package io.trialstream.trainer.workload;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import java.util.Map;
import java.util.Optional;

/**
 * A started trial, driven by one thread at a time: {@code begin(…)}, {@code trainEpoch(1) … trainEpoch(totalEpochs())}
 * as long as there {@link #hasEpoch is} such an epoch, then {@code finalMetrics()}, then {@code close()}; {@code close()}
 * may come at any earlier point.
 */
public interface WorkloadRun extends AutoCloseable {

    /** The network that is trained, where the workload has one. */
    Optional<NetworkBlueprint> blueprint();

    /** How many epochs the run has at most when nothing stops it. */
    int totalEpochs();

    /** Tells the run once what it belongs to, before anything else. Most workloads need not know. */
    default void begin(RunContext context) {}

    /**
     * Whether the run has an epoch of this number; asked before it is trained, and answered as soon as that is known.
     * What {@link #trainEpoch} throws, this may throw.
     */
    default boolean hasEpoch(int epoch) {
        return epoch <= totalEpochs();
    }

    /**
     * Trains one epoch on the caller's thread and evaluates it.
     *
     * @param epoch counted from 1, each exactly once and in order
     * @throws InfeasibleException at the first non-finite loss: the configuration diverged
     * @throws java.util.concurrent.CancellationException if the thread was interrupted between two batches; the run is
     *     then good for {@link #close()} only
     */
    EpochMetrics trainEpoch(int epoch);

    /**
     * The trial's closing metrics, after the last trained epoch. Under the {@code honest} protocol this is the one
     * place that reads the test set ({@code test_} metrics); the objective never sees it. Keys as in {@link
     * EpochMetrics}.
     */
    Map<String, Double> finalMetrics();

    /** Whether the state after the last trained epoch is to be saved. */
    default CheckpointWish checkpointWish() {
        return CheckpointWish.BY_SETTINGS;
    }

    /**
     * Tells the run that no further epoch is asked for, after the last trained one; {@link #save} may follow, and {@link
     * #close()} does. Throws nothing.
     */
    default void stop(StopReason reason) {}

    /**
     * Writes all that the epochs after the last trained one depend on, so that a run which {@link #restore restores} it
     * goes on with exactly the metrics that this one would have had.
     */
    void save(StateSink state);

    /**
     * Takes over a state, before the first {@link #trainEpoch}; the next epoch is then {@code epoch + 1}.
     *
     * @param epoch the last epoch that the state's run had trained
     * @param state what a run of an equal request saved
     * @throws IllegalArgumentException if the state does not fit; the run is then good for {@link #close()} only
     */
    void restore(int epoch, StateSource state);

    /**
     * Values whose distribution over the epochs is worth a look (weights, activations), by name; after an epoch of a
     * retrain. None by default.
     */
    default Map<String, float[]> distributions() {
        return Map.of();
    }

    /** Stores the files that the trained run is worth, after {@link #finalMetrics()}; nothing by default. */
    default void leave(ArtifactSink sink) {}

    /** Frees the network's memory. Idempotent, throws nothing. */
    @Override
    void close();
}

package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.NetworkCost;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.workload.InfeasibleException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The memory that each trial of a trainer may take. Checked before a network is built, and blamed on the configuration
 * when an allocation fails: but only if the trial was alone, since beside others it may have been theirs that was too
 * much. Thread-safe.
 */
public final class TrialMemory {
    private static final long MEBIBYTE = 1L << 20;

    private final OptionalLong limitBytes;
    private final AtomicInteger trials = new AtomicInteger();

    /** @param limitBytes for each trial; empty for no limit but the machine's */
    public TrialMemory(OptionalLong limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** An equal share for each of so many trials of what an engine may take in all, if that is limited. */
    public static TrialMemory share(OptionalLong bytes, int trials) {
        return new TrialMemory(bytes.isPresent() ? OptionalLong.of(bytes.getAsLong() / trials) : bytes);
    }

    /** @throws InfeasibleException if the network cannot be trained within the limit */
    void require(NetworkBlueprint blueprint, OptimizerKind optimizer, int batchSize) {
        long needed = NetworkCost.trainingBytes(blueprint, optimizer, batchSize);
        if (limitBytes.isPresent() && needed > limitBytes.getAsLong()) {
            throw new InfeasibleException(
                    InfeasibleException.OUT_OF_MEMORY,
                    "training takes at least " + needed / MEBIBYTE + " MiB (" + blueprint.parameters()
                            + " parameters, batches of " + batchSize + "), a trial here may take "
                            + limitBytes.getAsLong() / MEBIBYTE + " MiB");
        }
    }

    void trialBegins() {
        trials.incrementAndGet();
    }

    void trialEnds() {
        trials.decrementAndGet();
    }

    /**
     * Does the work of a trial that has begun.
     *
     * @throws InfeasibleException if memory runs out and no other trial takes any
     * @throws IllegalStateException if memory runs out beside other trials
     */
    <T> T within(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | OutOfMemoryError e) {
            if (!isOutOfMemory(e)) {
                throw e;
            }
            int others = trials.get() - 1;
            if (others > 0) {
                throw new IllegalStateException("memory ran out beside " + others + " other trials: " + rootOf(e), e);
            }
            throw new InfeasibleException(InfeasibleException.OUT_OF_MEMORY, "memory ran out: " + rootOf(e));
        }
    }

    private static boolean isOutOfMemory(Throwable failure) {
        return rootOf(failure) instanceof OutOfMemoryError;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (!(root instanceof OutOfMemoryError) && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

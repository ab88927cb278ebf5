package io.trialstream.trainer.training;

import io.trialstream.trainer.workload.InfeasibleException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * Takes the batches of a plan through a network, one after the other: assembled on the host, the next one while the
 * engine works on the present one, or by the engine on its device. Used by one thread.
 */
final class Passes implements AutoCloseable {

    /** On a device the loss is looked at every so many batches: each look waits for all that was asked for. */
    private static final int LOOK_EVERY = 32;

    private final EngineRun network;
    private final Optional<DevicePasses> device;
    private final Prefetch prefetch = new Prefetch();

    Passes(EngineRun network) {
        this.network = network;
        this.device = network.onDevice();
    }

    /**
     * A gradient step on each batch.
     *
     * @param rate learning rate by the batch's number
     * @param where the pass is, for people
     * @throws InfeasibleException if the loss is not finite
     */
    BatchScore train(BatchPlan plan, IntToDoubleFunction rate, String where) {
        if (device.isPresent()) {
            return onDevice(plan, number -> device.get().train(number, rate.applyAsDouble(number)), where);
        }
        int[] number = {0};
        return onHost(plan, batch -> network.train(batch, rate.applyAsDouble(number[0]++)), where);
    }

    /** As {@link #train} without the steps, in inference mode. */
    BatchScore evaluate(BatchPlan plan, String where) {
        return device.isPresent()
                ? onDevice(plan, device.get()::evaluate, where)
                : onHost(plan, network::evaluate, where);
    }

    private BatchScore onHost(BatchPlan plan, Function<ImageBatch, BatchScore> step, String where) {
        BatchScore[] total = {BatchScore.none()};
        prefetch.forEach(plan, batch -> {
            Interruption.check();
            BatchScore score = step.apply(batch);
            requireFinite(score, total[0], where);
            total[0] = total[0].plus(score);
        });
        return total[0];
    }

    private BatchScore onDevice(BatchPlan plan, IntConsumer step, String where) {
        DevicePasses passes = device.orElseThrow();
        passes.begin(plan);
        BatchScore seen = BatchScore.none();
        for (int number = 0; number < plan.batches(); number++) {
            Interruption.check();
            step.accept(number);
            if ((number + 1) % LOOK_EVERY == 0 || number + 1 == plan.batches()) {
                BatchScore score = passes.score();
                requireFinite(score, seen, where);
                seen = score;
            }
        }
        return seen;
    }

    private static void requireFinite(BatchScore score, BatchScore before, String where) {
        if (!score.isFinite()) {
            throw new InfeasibleException(
                    InfeasibleException.NON_FINITE_LOSS,
                    "the loss is not finite in " + where + ", after "
                            + before.fine().images() + " images");
        }
    }

    @Override
    public void close() {
        prefetch.close();
    }
}

package io.trialstream.trainer.training;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Assembles the next batch on a thread of its own while the engine works on the present one. Used by one thread. */
final class Prefetch implements AutoCloseable {

    private final ExecutorService assembly = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "batch-assembly");
        thread.setDaemon(true);
        return thread;
    });

    /** What is done with a batch. */
    @FunctionalInterface
    interface Step {
        /** @throws java.util.concurrent.CancellationException to end the epoch */
        void accept(ImageBatch batch);
    }

    /** Every batch of the plan in order, on the caller's thread. */
    void forEach(BatchPlan plan, Step step) {
        Future<ImageBatch> next = assembly.submit(() -> plan.batch(0));
        for (int number = 0; number < plan.batches(); number++) {
            ImageBatch batch = finished(next);
            int following = number + 1;
            if (following < plan.batches()) {
                next = assembly.submit(() -> plan.batch(following));
            }
            step.accept(batch);
        }
    }

    @Override
    public void close() {
        assembly.shutdownNow();
    }

    private static ImageBatch finished(Future<ImageBatch> batch) {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.cancellation();
        } catch (ExecutionException e) {
            throw new CompletionException("a batch could not be assembled", e.getCause());
        }
    }
}

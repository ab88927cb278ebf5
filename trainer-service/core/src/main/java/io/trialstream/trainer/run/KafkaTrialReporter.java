package io.trialstream.trainer.run;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.EventPublisher;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on {@code trial-reports} and {@code trial-epochs}. Epochs are sent by a thread of their own: a producer that
 * has lost its broker blocks, and training goes on meanwhile.
 */
public final class KafkaTrialReporter implements TrialReporter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTrialReporter.class);
    private static final int EPOCHS_WAITING = 10_000;
    private static final int CLOSE_SECONDS = 2;

    private final EventPublisher publisher;
    private final ExecutorService epochs = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(EPOCHS_WAITING), KafkaTrialReporter::daemon);

    /** Reports through this publisher, which stays open. */
    public KafkaTrialReporter(EventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void report(TrialReport report) {
        while (!delivered(report)) {
            LOG.warn(
                    "reporting again trialId={} kind={}",
                    report.run().trialId(),
                    report.getClass().getSimpleName());
        }
    }

    @Override
    public void report(EpochReport report) {
        try {
            epochs.execute(() -> send(report));
        } catch (RejectedExecutionException e) {
            lost(report, "too many wait for the broker");
        }
    }

    /** Hands what waits to the producer, for two seconds at most. */
    @Override
    public void close() {
        epochs.shutdown();
        try {
            if (!epochs.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                epochs.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(EpochReport report) {
        publisher
                .publish(
                        Topics.TRIAL_EPOCHS,
                        report.run().studyId(),
                        report.run().trialId().toString(),
                        report)
                .exceptionally(failure -> {
                    lost(report, failure.getMessage());
                    return null;
                });
    }

    /** The producer has retried for two minutes when it gives up; a second copy of a report changes nothing. */
    private boolean delivered(TrialReport report) {
        try {
            publisher
                    .publish(
                            Topics.TRIAL_REPORTS,
                            report.run().studyId(),
                            report.run().trialId().toString(),
                            report)
                    .join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RetriableException) {
                LOG.warn(
                        "a report was not delivered trialId={}: {}",
                        report.run().trialId(),
                        e.getCause().getMessage());
                return false;
            }
            throw e;
        }
    }

    private static void lost(EpochReport report, String why) {
        LOG.warn(
                "an epoch's metrics were not delivered trialId={} epoch={}: {}",
                report.run().trialId(),
                report.epoch(),
                why);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "trainer-epochs");
        thread.setDaemon(true);
        return thread;
    }
}

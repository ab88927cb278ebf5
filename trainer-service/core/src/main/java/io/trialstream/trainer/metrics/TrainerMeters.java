package io.trialstream.trainer.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.Run;
import io.trialstream.trainer.run.RunListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what becomes of records and runs:
 * {@code trialstream_trainer_runs_ended_total{end}}, {@code …_runs_started_total}, {@code …_redeliveries_total},
 * {@code …_discarded_total{reason}}, {@code …_unstarted_ended_total{end}}, {@code …_locks_lost_total}, {@code
 * …_dead_letters_total{topic,code}}, {@code …_running}, {@code …_epoch_seconds}.
 */
public final class TrainerMeters implements RunListener {
    private static final String PREFIX = "trialstream.trainer.";

    private final MeterRegistry registry;
    private final Timer epochs;
    private final AtomicInteger running;

    /** Counts in this registry. */
    public TrainerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.epochs = Timer.builder(PREFIX + "epoch")
                .description("Duration of epochs")
                .register(registry);
        this.running = registry.gauge(PREFIX + "running", new AtomicInteger());
    }

    @Override
    public void discarded(String reason) {
        registry.counter(PREFIX + "discarded", "reason", reason).increment();
    }

    @Override
    public void endedUnstarted(String end) {
        registry.counter(PREFIX + "unstarted.ended", "end", end).increment();
    }

    @Override
    public void started(Run run, int deliveryCount) {
        registry.counter(PREFIX + "runs.started").increment();
        if (deliveryCount > 1) {
            registry.counter(PREFIX + "redeliveries").increment();
        }
        running.incrementAndGet();
    }

    @Override
    public void epochFinished(Run run, Duration duration) {
        epochs.record(duration);
    }

    @Override
    public void deadLettered(DeadLetter letter) {
        registry.counter(PREFIX + "dead.letters", "topic", letter.topic(), "code", letter.code())
                .increment();
    }

    @Override
    public void lockLost(Run run) {
        registry.counter(PREFIX + "locks.lost").increment();
    }

    @Override
    public void ended(Run run, String end) {
        registry.counter(PREFIX + "runs.ended", "end", end).increment();
        running.decrementAndGet();
    }
}

package io.trialstream.trainer.heartbeat;

import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.messaging.EventPublisher;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends this trainer's heartbeats: one each interval and one at each change. Thread-safe. */
public final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final EventPublisher publisher;
    private final TrainerIdentity trainer;
    private final ActiveRuns runs;
    private final Duration interval;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Heartbeats::daemon);

    /** Guarded by this. */
    private State state = State.STARTING;
    /** Guarded by this. */
    private long sequence;

    /** Heartbeats of this trainer; the first goes out with {@link #start()}. */
    public Heartbeats(EventPublisher publisher, TrainerIdentity trainer, ActiveRuns runs, Duration interval) {
        this.publisher = publisher;
        this.trainer = trainer;
        this.runs = runs;
        this.interval = interval;
        runs.onChange(this::sendSafely);
    }

    /** Begins to send. */
    public void start() {
        clock.scheduleAtFixedRate(this::sendSafely, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Enters the state and tells it at once; the future completes when the broker has the heartbeat. */
    public synchronized CompletableFuture<Void> enter(State newState) {
        state = newState;
        return send();
    }

    /** What the last heartbeat said, or the next one will. */
    public synchronized State state() {
        return state;
    }

    /** Sends no more; {@link #enter} STOPPED first. */
    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Within the lock, so that the order on the topic is that of the sequence. */
    private synchronized CompletableFuture<Void> send() {
        Heartbeat heartbeat = new Heartbeat(trainer.trainerId(), trainer.pool(), state, ++sequence, trainer.slots(),
                trainer.engine(), trainer.device(), runs.all());
        return publisher.publish(Topics.TRAINERS, trainer.trainerId(), heartbeat);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "trainer-heartbeat");
        thread.setDaemon(true);
        return thread;
    }

    private void sendSafely() {
        try {
            send().exceptionally(failure -> {
                LOG.warn("a heartbeat was not delivered: {}", failure.getMessage());
                return null;
            });
        } catch (RuntimeException e) {
            LOG.warn("a heartbeat could not be sent: {}", e.getMessage());
        }
    }
}

package io.trialstream.trainer.heartbeat;

import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.messaging.EventPublisher;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends this trainer's heartbeats: one each interval and one at each change. Thread-safe, and nobody waits here: a
 * producer that has lost its broker blocks, which only this object's own thread may suffer.
 */
public final class Heartbeats implements AutoCloseable {
    /** What a trainer can run is many times the rest of a heartbeat, and seldom changes. */
    private static final int CAPABILITIES_EVERY = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final EventPublisher publisher;
    private final TrainerIdentity trainer;
    private final ActiveRuns runs;
    private final Duration interval;
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(Heartbeats::daemon);
    private final Object gate = new Object();
    /** Guarded by gate: the next heartbeat, which will include the latest changes. */
    private CompletableFuture<Void> next;

    private volatile State state = State.STARTING;
    /** Touched by the sender's thread only, so that the order on the topic is that of the sequence. */
    private long sequence;
    /** Touched by the sender's thread only. */
    private State lastSent;

    /** Heartbeats of this trainer; the first goes out with {@link #start()}. */
    public Heartbeats(EventPublisher publisher, TrainerIdentity trainer, ActiveRuns runs, Duration interval) {
        this.publisher = publisher;
        this.trainer = trainer;
        this.runs = runs;
        this.interval = interval;
        runs.onChange(this::sendNow);
    }

    /** Begins to send. */
    public void start() {
        sender.scheduleWithFixedDelay(this::send, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Enters the state and sends it at once; the future completes when the broker has the heartbeat. */
    public CompletableFuture<Void> enter(State newState) {
        state = newState;
        return sendNow();
    }

    /** What the next heartbeat says. */
    public State state() {
        return state;
    }

    /** Sends no more; {@link #enter} STOPPED first. */
    @Override
    public void close() {
        sender.shutdownNow();
    }

    /** Changes that come while the sender is busy share one heartbeat, however many slots there are. */
    private CompletableFuture<Void> sendNow() {
        synchronized (gate) {
            if (next == null) {
                try {
                    next = CompletableFuture.supplyAsync(this::sendChanges, sender)
                            .thenCompose(Function.identity());
                } catch (RejectedExecutionException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }
            return next;
        }
    }

    private CompletableFuture<Void> sendChanges() {
        synchronized (gate) {
            next = null;
        }
        return send();
    }

    private CompletableFuture<Void> send() {
        State now = state;
        boolean whole = now != lastSent || sequence % CAPABILITIES_EVERY == 0;
        lastSent = now;
        Heartbeat heartbeat = new Heartbeat(
                trainer.trainerId(),
                trainer.pool(),
                now,
                ++sequence,
                trainer.slots(),
                trainer.engine(),
                trainer.device(),
                runs.all(),
                whole ? Optional.of(trainer.capabilities().get()) : Optional.empty());
        CompletableFuture<Void> sent = publisher.publish(Topics.TRAINERS, trainer.trainerId(), heartbeat);
        sent.whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("a heartbeat was not delivered: {}", failure.getMessage());
            }
        });
        return sent;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "trainer-heartbeat");
        thread.setDaemon(true);
        return thread;
    }
}

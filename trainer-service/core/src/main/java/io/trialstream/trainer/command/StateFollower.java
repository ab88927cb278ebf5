package io.trialstream.trainer.command;

import io.trialstream.contracts.Message;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialId;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.trainer.heartbeat.LiveRuns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code studies}, {@code trial-commands} and {@code trainers} from their beginning. {@link #run()} belongs to
 * one thread; a record of a newer release ends it, since what follows could not be understood without that record.
 */
public final class StateFollower implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConnection connection;
    private final String clientId;
    private final DeadLetters deadLetters;
    private final StudyStates studies;
    private final TrialCommands commands;
    private final LiveRuns runs;
    private final Consumer<TrialId> cancelled;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();

    private volatile boolean closed;
    private volatile TopicFollower follower;

    /**
     * Feeds these views.
     *
     * @param cancelled is told, on the follower's thread, of each trial that is cancelled from then on, not of those
     *     that were before
     */
    public StateFollower(
            KafkaConnection connection,
            String clientId,
            DeadLetters deadLetters,
            StudyStates studies,
            TrialCommands commands,
            LiveRuns runs,
            Consumer<TrialId> cancelled) {
        this.connection = connection;
        this.clientId = clientId;
        this.deadLetters = deadLetters;
        this.studies = studies;
        this.commands = commands;
        this.runs = runs;
        this.cancelled = cancelled;
    }

    /**
     * Follows until {@link #close()}.
     *
     * @throws RuntimeException if the topics cannot be followed any further
     */
    @Override
    public void run() {
        try (TopicFollower opened = new TopicFollower(
                connection, clientId, List.of(Topics.STUDIES, Topics.TRIAL_COMMANDS, Topics.TRAINERS), deadLetters)) {
            follower = opened;
            opened.readToEnd(this::apply);
            caughtUp.complete(null);
            while (!closed) {
                opened.poll(POLL, this::apply);
            }
        } catch (WakeupException e) {
            if (!closed) {
                throw e;
            }
        } catch (RuntimeException e) {
            caughtUp.completeExceptionally(e);
            throw e;
        }
    }

    /** Completes when everything that the topics held at the start has been read; fails if that is impossible. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    /** Ends {@link #run()}. */
    @Override
    public void close() {
        closed = true;
        TopicFollower opened = follower;
        if (opened != null) {
            opened.wakeup();
        }
    }

    private void apply(Received received) {
        if (received.isTombstone()) {
            forget(received);
            return;
        }
        Message message = received.message().orElseThrow();
        if (message instanceof StudyRecord study) {
            studies.apply(study);
        } else if (message instanceof TrialCommand command) {
            apply(command);
        } else if (message instanceof Heartbeat heartbeat) {
            runs.apply(heartbeat);
        }
    }

    private void apply(TrialCommand command) {
        commands.apply(command);
        if (caughtUp.isDone() && commands.isCancelled(command.trialId())) {
            cancelled.accept(command.trialId());
        }
    }

    private void forget(Received received) {
        if (received.record().topic().equals(Topics.TRIAL_COMMANDS.name())) {
            try {
                commands.forget(TrialCommand.trialOf(received.record().key()));
            } catch (IllegalArgumentException e) {
                LOG.warn("ignored a tombstone on trial-commands: {}", e.getMessage());
            }
        }
    }
}

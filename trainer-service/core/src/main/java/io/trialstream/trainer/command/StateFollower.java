package io.trialstream.trainer.command;

import io.trialstream.contracts.RefusingVisitor;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.Tick;
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
    private final Views views = new Views();
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
        received.message().orElseThrow().accept(views);
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

    /** Applies each record of the followed topics to its view. */
    private final class Views extends RefusingVisitor<Void> implements TrainerEvent.Visitor<Void> {

        @Override
        public Void visit(StudyRecord study) {
            studies.apply(study);
            return null;
        }

        @Override
        public Void visit(TrialCommand command) {
            commands.apply(command);
            if (caughtUp.isDone() && commands.isCancelled(command.trialId())) {
                cancelled.accept(command.trialId());
            }
            return null;
        }

        @Override
        public Void visit(TrainerEvent event) {
            return event.accept((TrainerEvent.Visitor<Void>) this);
        }

        @Override
        public Void visit(Heartbeat heartbeat) {
            runs.apply(heartbeat);
            return null;
        }

        /** The suggester's clock, which trainers do not follow. */
        @Override
        public Void visit(Tick tick) {
            return null;
        }
    }
}

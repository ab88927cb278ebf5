package io.trialstream.trainer;

import io.trialstream.contracts.Topics;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TopicProvisioner;
import io.trialstream.trainer.command.StateFollower;
import io.trialstream.trainer.heartbeat.ActiveRuns;
import io.trialstream.trainer.heartbeat.Heartbeats;
import io.trialstream.trainer.heartbeat.TrainerIdentity;
import io.trialstream.trainer.queue.ShareGroup;
import io.trialstream.trainer.queue.ShareGroupTrialQueue;
import io.trialstream.trainer.queue.TrialQueue;
import io.trialstream.trainer.run.ClusterView;
import io.trialstream.trainer.run.KafkaTrialReporter;
import io.trialstream.trainer.run.RunListener;
import io.trialstream.trainer.run.TrialReporter;
import java.time.Clock;
import java.util.List;

/**
 * A trainer's ways to the broker: one producer for all that it says, one consumer for each slot and one that follows.
 */
final class TrainerConnections implements AutoCloseable {
    private final KafkaConnection connection;
    private final TrainerSettings settings;
    private final EventPublisher publisher;
    private final KafkaTrialReporter reporter;
    private final DeadLetters deadLetters;
    private final ShareGroup group;

    TrainerConnections(KafkaConnection connection, TrainerSettings settings, RunListener listener, Clock clock) {
        this.connection = connection;
        this.settings = settings;
        this.group = new ShareGroup(settings.pool(), settings.lockDuration());
        this.publisher = new EventPublisher(connection, settings.trainerId());
        this.reporter = new KafkaTrialReporter(publisher);
        this.deadLetters = new DeadLetters(publisher, group.name(), clock, listener::putAside);
    }

    /** Creates what is missing on the broker and configures the pool's share group. */
    void provision() {
        new TopicProvisioner(connection).ensure(Topics.all(List.of(settings.pool())));
        group.configure(connection);
    }

    TrialReporter reporter() {
        return reporter;
    }

    Heartbeats heartbeats(TrainerIdentity identity, ActiveRuns runs) {
        return new Heartbeats(publisher, identity, runs, settings.heartbeatInterval());
    }

    StateFollower follower(ClusterView view) {
        return new StateFollower(
                connection,
                settings.trainerId() + "-follower",
                deadLetters,
                view.studies(),
                view.commands(),
                view.runs());
    }

    TrialQueue queue(String slot) {
        return new ShareGroupTrialQueue(connection, group, settings.trainerId() + "-" + slot, deadLetters);
    }

    @Override
    public void close() {
        reporter.close();
        publisher.close();
    }
}

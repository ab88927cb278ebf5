package io.trialstream.trainer;

import io.opentelemetry.api.OpenTelemetry;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.RefusingVisitor;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TopicProvisioner;
import io.trialstream.messaging.TrialTraces;
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
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;

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
    /** A trainer has no spans of its own: reports carry on the trace that the trial's queue record names. */
    private final TrialTraces traces = new TrialTraces(OpenTelemetry.noop(), "trainer");

    TrainerConnections(KafkaConnection connection, TrainerSettings settings, RunListener listener, Clock clock) {
        this.connection = connection;
        this.settings = settings;
        this.group = new ShareGroup(settings.pool(), settings.lockDuration());
        this.publisher = new EventPublisher(connection, settings.trainerId(), this::stamp);
        this.reporter = new KafkaTrialReporter(publisher);
        this.deadLetters = new DeadLetters(publisher, group.name(), clock, listener::deadLettered);
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

    StateFollower follower(ClusterView view, Consumer<TrialId> cancelled) {
        return new StateFollower(
                connection,
                settings.trainerId() + "-follower",
                deadLetters,
                view.studies(),
                view.commands(),
                view.runs(),
                cancelled);
    }

    TrialQueue queue(String slot) {
        return new ShareGroupTrialQueue(connection, group, settings.trainerId() + "-" + slot, deadLetters, traces);
    }

    private void stamp(Message message, Headers headers) {
        message.accept(new TraceStamp(headers));
    }

    @Override
    public void close() {
        reporter.close();
        publisher.close();
    }

    /** Writes a trial's trace to the headers of what is reported about it. */
    private final class TraceStamp extends RefusingVisitor<Void> {
        private final Headers headers;

        TraceStamp(Headers headers) {
            this.headers = headers;
        }

        @Override
        public Void visit(TrialReport report) {
            traces.sentIfKnown("report run", report.run().trialId(), headers);
            return null;
        }

        @Override
        public Void visit(EpochReport epoch) {
            traces.sentIfKnown("report epoch", epoch.run().trialId(), headers);
            return null;
        }

        /** A heartbeat belongs to no single trial. */
        @Override
        public Void visit(TrainerEvent event) {
            return null;
        }

        /** A dead letter carries the record it is about. */
        @Override
        public Void visit(DeadLetter letter) {
            return null;
        }
    }
}

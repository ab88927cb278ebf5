package io.trialstream.trainer;

import io.opentelemetry.api.trace.SpanContext;
import io.trialstream.artifacts.DirectoryArtifactStore;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialReport;
import io.trialstream.infrastructure.SharedServers;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.messaging.TopicProvisioner;
import io.trialstream.messaging.TraceHeaders;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import io.trialstream.trainer.run.Artifacts;
import io.trialstream.trainer.run.Checkpoints;
import io.trialstream.trainer.run.RunListener;
import io.trialstream.trainer.run.TrialResources;
import io.trialstream.trainer.run.Workloads;
import io.trialstream.trainer.sleep.SleepWorkload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The rest of the world around a trainer under test, on a real broker: plays the suggester and reads what trainers
 * say.
 */
public final class TestCluster implements AutoCloseable {
    private final KafkaConnection connection;
    private final EventPublisher publisher;
    private final TopicFollower follower;
    private final Thread reader;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Path checkpoints;

    /** Joins the broker that all tests of this JVM share; {@code pools} get their queues. */
    public TestCluster(String... pools) {
        this(new KafkaConnection(Map.of("bootstrap.servers", SharedServers.bootstrapServers())), pools);
    }

    /** Joins this broker. */
    public TestCluster(KafkaConnection connection, String... pools) {
        this.connection = connection;
        this.checkpoints = temporaryDirectory();
        new TopicProvisioner(connection).ensure(Topics.all(List.of(pools)));
        publisher = new EventPublisher(connection, "test");
        follower = new TopicFollower(
                connection,
                "test-reader",
                List.of(Topics.TRIAL_REPORTS, Topics.TRIAL_EPOCHS, Topics.TRAINERS, Topics.DEAD_LETTERS),
                new DeadLetters(publisher, "test", Clock.systemUTC()));
        reader = new Thread(this::read, "test-reader");
        reader.start();
    }

    /** A name for a pool that no other test has. */
    public static String newPool() {
        return "pool-" + UUID.randomUUID().toString().substring(0, 8);
    }

    public KafkaConnection connection() {
        return connection;
    }

    public void queue(String pool, Proposal proposal) {
        publisher
                .publish(Topics.proposals(pool), proposal.trialId().toString(), proposal)
                .join();
    }

    /** Queues a proposal as a suggester does that traces: the record names a span in this header. */
    public void queue(String pool, Proposal proposal, String traceparent) {
        try (EventPublisher tracing = new EventPublisher(
                connection,
                "test-tracing",
                (message, headers) -> headers.add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8)))) {
            tracing.publish(Topics.proposals(pool), proposal.trialId().toString(), proposal)
                    .join();
        }
    }

    /** Puts any bytes into the pool's queue. */
    public void queueRaw(String pool, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer = connection.producer(Map.of())) {
            producer.send(new ProducerRecord<>(Topics.proposals(pool).name(), key, value));
        }
    }

    public void command(TrialCommand command) {
        publisher
                .publish(Topics.TRIAL_COMMANDS, command.studyId(), command.key(), command)
                .join();
    }

    /** Says a heartbeat in another trainer's name. */
    public void say(Heartbeat heartbeat) {
        publisher.publish(Topics.TRAINERS, heartbeat.trainerId(), heartbeat).join();
    }

    /** A trainer of this pool that trains nothing but sleep; not started. */
    public Trainer trainer(String id, String pool, int slots) {
        return trainer(new TrainerSettings(
                id,
                pool,
                slots,
                Duration.ofMillis(500),
                Duration.ofSeconds(15),
                Duration.ofMillis(2500),
                Duration.ofSeconds(20),
                false));
    }

    public Trainer trainer(TrainerSettings settings) {
        return new Trainer(
                settings,
                connection,
                TrialResources.withoutEngine(
                        new Workloads(List.of(new SleepWorkload())),
                        new Checkpoints(
                                new DirectoryCheckpointStore(checkpoints), new CheckpointSettings(1, Duration.ZERO)),
                        new Artifacts(new DirectoryArtifactStore(checkpoints.resolveSibling("artifacts")), true)),
                RunListener.none(),
                () -> {});
    }

    public List<TrialReport> reports(TrialId trial) {
        return of(TrialReport.class).stream()
                .filter(report -> report.run().trialId().equals(trial))
                .toList();
    }

    public <R extends TrialReport> List<R> reports(TrialId trial, Class<R> kind) {
        return reports(trial).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public List<EpochReport> epochs(TrialId trial) {
        return of(EpochReport.class).stream()
                .filter(report -> report.run().trialId().equals(trial))
                .toList();
    }

    /** The spans that the trial's reports and epochs name, one for each record, in the order of their arrival. */
    public List<Optional<SpanContext>> spans(TrialId trial) {
        return received.stream()
                .filter(received -> trial.toString().equals(received.record().key()))
                .map(received -> TraceHeaders.read(received.record().headers()))
                .toList();
    }

    public List<DeadLetter> deadLetters(String topic) {
        return of(DeadLetter.class).stream()
                .filter(letter -> letter.topic().equals(topic))
                .toList();
    }

    public List<Heartbeat> heartbeats(String trainerId) {
        return of(Heartbeat.class).stream()
                .filter(heartbeat -> heartbeat.trainerId().equals(trainerId))
                .toList();
    }

    @Override
    public void close() {
        follower.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publisher.close();
    }

    /** Shared by its trainers; the operating system cleans it up. */
    public Path checkpoints() {
        return checkpoints;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createDirectory(
                    Files.createTempDirectory("trialstream").resolve("checkpoints"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <M> List<M> of(Class<M> type) {
        return received.stream()
                .flatMap(received -> received.message().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private void read() {
        try (follower) {
            while (true) {
                follower.poll(Duration.ofSeconds(1), received::add);
            }
        } catch (WakeupException e) {
            // The end of the test.
        }
    }
}

package io.trialstream.benchmarks.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.SamplerStamp;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.space.Configuration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Final reports as fast as the service stores them and publishes their outcomes. */
final class IngestLoad {
    private static final int IN_FLIGHT = 5_000;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final String bootstrapServers;
    private final Connection connection;
    private final StudySpec spec;
    private final Random random = new Random(42);

    @SuppressWarnings("unchecked")
    IngestLoad(String bootstrapServers, Connection connection, Path studyFile) throws Exception {
        this.bootstrapServers = bootstrapServers;
        this.connection = connection;
        Map<String, Object> tree = new ObjectMapper(new YAMLFactory()).readValue(studyFile.toFile(), Map.class);
        tree.remove("pruner");
        this.spec = StudySpec.read(tree);
    }

    void run(int trials) throws Exception {
        String studyId = "ingest";
        Configuration[] configurations = new Configuration[trials];
        try (EventPublisher publisher = new EventPublisher(KafkaConnection.to(bootstrapServers), "bench-results")) {
            publisher
                    .publish(
                            Topics.STUDIES,
                            studyId,
                            new StudyRecord(
                                    studyId, spec, StudyState.RUNNING, Optional.empty(), 0, 1, Optional.empty(), AT))
                    .join();
            Semaphore room = new Semaphore(IN_FLIGHT);
            long start = System.nanoTime();
            for (int number = 0; number < trials; number++) {
                configurations[number] = spec.space().sample(random);
                send(
                        publisher,
                        room,
                        Topics.TRIAL_LEDGER,
                        studyId,
                        number,
                        ledger(studyId, number, configurations[number]));
            }
            room.acquire(IN_FLIGHT);
            room.release(IN_FLIGHT);
            await("select queued from study where study_id = 'ingest'", trials);
            print("trials proposed and stored", trials, start);
            start = System.nanoTime();
            for (int number = 0; number < trials; number++) {
                send(
                        publisher,
                        room,
                        Topics.TRIAL_REPORTS,
                        studyId,
                        number,
                        report(studyId, number, configurations[number]));
            }
            room.acquire(IN_FLIGHT);
            await("select evidence_count from study where study_id = 'ingest'", trials);
            print("final reports stored", trials, start);
            await("select count(*) from trial where published_version = version", trials);
            print("and their outcomes published", trials, start);
        }
    }

    private static void send(
            EventPublisher publisher,
            Semaphore room,
            TopicDefinition topic,
            String studyId,
            int number,
            Message message)
            throws InterruptedException {
        room.acquire();
        CompletableFuture<Void> sent = publisher.publish(topic, studyId, studyId + ":" + number, message);
        sent.whenComplete((done, failure) -> room.release());
    }

    private static LedgerRecord ledger(String studyId, int number, Configuration configuration) {
        return new LedgerRecord(
                studyId,
                number,
                configuration.values(),
                configuration.assignment().values(),
                configuration.key(),
                1,
                0,
                List.of(),
                new SamplerStamp("tree-tpe", 1),
                Origin.MODEL,
                Optional.empty(),
                AT);
    }

    private TrialReport report(String studyId, int number, Configuration configuration) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String prefix : List.of("", "train_")) {
            for (String metric :
                    List.of("fine_accuracy", "coarse_accuracy", "fine_top5_accuracy", "loss", "fine_loss")) {
                metrics.put(prefix + metric, random.nextDouble());
            }
        }
        return new TrialReport.Finished(
                new Run(studyId, number, 1, studyId + "-run-" + number, "trainer-1", configuration.key()),
                TrialState.COMPLETED,
                Optional.of(metrics.get("fine_accuracy")),
                100,
                87,
                metrics,
                metrics,
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty(),
                AT);
    }

    private void await(String query, long value) throws SQLException, InterruptedException {
        while (ResultsBench.count(connection, query) < value) {
            Thread.sleep(50);
        }
    }

    private static void print(String what, int trials, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT, "| %s | %d | %.1f s | %.0f a second |%n", what, trials, seconds, trials / seconds);
    }
}

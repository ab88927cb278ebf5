package io.trialstream.benchmarks.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.SamplerStamp;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.space.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/** Final reports as fast as the service stores them and publishes their outcomes. */
final class IngestLoad {
    private static final int IN_FLIGHT = 5_000;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final String bootstrapServers;
    private final Connection connection;
    private final StudySpec spec;
    private final CpuClock processors;
    private final Random random = new Random(42);

    @SuppressWarnings("unchecked")
    IngestLoad(String bootstrapServers, Connection connection, Path studyFile, CpuClock processors) throws Exception {
        this.processors = processors;
        this.bootstrapServers = bootstrapServers;
        this.connection = connection;
        Map<String, Object> tree = new ObjectMapper(new YAMLFactory()).readValue(studyFile.toFile(), Map.class);
        tree.remove("pruner");
        this.spec = StudySpec.read(tree);
    }

    /** Warms the service up with one study, then measures with another. */
    void run(int warmUp, int trials) throws Exception {
        try (EventPublisher publisher = new EventPublisher(
                new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers)), "bench-results")) {
            System.out.printf(
                    "%n| what | trials | seconds | a second | of the second half | CPU ms each, service | database"
                            + " |%n|---|---|---|---|---|---|---|%n");
            study(publisher, "warming-up", warmUp);
            study(publisher, "ingest", trials);
        }
    }

    /** Everything is on its topic before its ingest is awaited: the service is never short of work. */
    private void study(EventPublisher publisher, String studyId, int trials) throws Exception {
        publisher
                .publish(Topics.STUDIES, studyId, StudyRecord.created(studyId, spec, Optional.empty(), AT))
                .join();
        Configuration[] configurations = new Configuration[trials];
        for (int number = 0; number < trials; number++) {
            configurations[number] = spec.space().sample(random);
        }
        Semaphore room = new Semaphore(IN_FLIGHT);
        measure(
                studyId + ": proposals stored",
                trials,
                "select coalesce(max(queued), 0) from study where study_id = '" + studyId + "'",
                () -> {
                    for (int number = 0; number < trials; number++) {
                        Message message = ledger(studyId, number, configurations[number]);
                        send(publisher, room, Topics.TRIAL_LEDGER, studyId, number, message);
                    }
                });
        measure(
                studyId + ": final reports stored and their outcomes published",
                trials,
                "select coalesce(max(evidence_count), 0) - (select count(*) from unpublished_outcome) from study where"
                        + " study_id = '"
                        + studyId + "'",
                () -> {
                    for (int number = 0; number < trials; number++) {
                        Message message = report(studyId, number, configurations[number]);
                        send(publisher, room, Topics.TRIAL_REPORTS, studyId, number, message);
                    }
                });
    }

    /** Sends and waits for the effect, beginning at the first record sent. */
    private void measure(String what, int trials, String query, Sending sending) throws Exception {
        CpuTimes before = processors.read();
        long start = System.nanoTime();
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                sending.run();
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        long half = 0;
        for (long done = 0; done < trials; done = ResultsBench.count(connection, query)) {
            half = half == 0 && done >= trials / 2 ? System.nanoTime() : half;
            Thread.sleep(20);
        }
        long end = System.nanoTime();
        sent.join();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.0f | %.0f | %s |%n",
                what,
                trials,
                (end - start) / 1e9,
                trials * 1e9 / (end - start),
                trials / 2 * 1e9 / (end - half),
                processors.read().cellsSince(before, trials));
    }

    /** Reads the processor times. */
    @FunctionalInterface
    interface CpuClock {
        CpuTimes read() throws IOException;
    }

    /** Sends records, as many at a time as there is room for. */
    @FunctionalInterface
    private interface Sending {
        void run() throws InterruptedException;
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
        return LedgerRecord.proposed(
                new TrialId(studyId, number),
                LedgerRecord.Point.of(configuration),
                Origin.MODEL,
                new LedgerRecord.Basis(0, List.of(), new SamplerStamp("tree-tpe", 1)),
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
}

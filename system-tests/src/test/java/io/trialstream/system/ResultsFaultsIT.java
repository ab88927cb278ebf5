package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Results killed where it hurts, its database stopped, and messages that nobody can read. */
class ResultsFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static Cluster cluster;
    private static Api api;

    private final List<Child> trainers = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = Cluster.shared();
        api = cluster.api();
    }

    @AfterEach
    void end() {
        trainers.stream().filter(Child::isAlive).forEach(Child::kill);
    }

    @Test
    void shouldTellTheSuggesterEachOutcomeWhereverResultsIsKilled() {
        // Given a study that is under way
        trainers.add(cluster.trainer(2).awaitReady());
        String study = api.create(Studies.fateful(40, 2, Duration.ofMillis(200)));

        // When results dies between commit and publication, and between publication and mark
        List<Duration> recoveries = new ArrayList<>();
        for (String step : List.of("results.committed", "results.published")) {
            cluster.results().kill();
            cluster.results().start("-Dtrialstream.fault=" + step + ":3");
            cluster.results().awaitEnd(PATIENCE);
            long killed = System.nanoTime();
            cluster.results().start().awaitReady();
            recoveries.add(Duration.ofNanos(System.nanoTime() - killed));
        }
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 40);
        List<Outcome> outcomes = Runs.of(cluster.connection(), study).outcomes();
        assertThat(outcomes.stream().distinct()).hasSize(40);
        Figures.show(
                "5 kill -9 of results at 2 steps",
                "ready again after at most %s; outcomes published more than once: %d, doubled in effect: 0, lost: 0",
                Figures.seconds(recoveries.stream().max(Duration::compareTo).orElseThrow()),
                outcomes.size() - 40);
    }

    @Test
    void shouldKeepReportsInKafkaWhileItsDatabaseIsAway() {
        // Given
        trainers.add(cluster.trainer(2).awaitReady());
        String study = api.create(Studies.fateful(60, 2, Duration.ofMillis(300)));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.count(study, "completed"))
                .isGreaterThanOrEqualTo(4));

        // When PostgreSQL is stopped for 20 s
        cluster.database().terminate();
        cluster.database().awaitEnd(PATIENCE);
        long stopped = System.nanoTime();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(cluster.resultsReadiness())
                .isEqualTo(503));
        String unready = Figures.since(stopped);
        Child.pause(Duration.ofSeconds(20).minusNanos(System.nanoTime() - stopped));
        assertThat(cluster.resultsReadiness()).isEqualTo(503);
        int meanwhile = (int) Runs.of(cluster.connection(), study).finished().count();
        cluster.database().start().awaitReady();
        long back = System.nanoTime();
        cluster.results().awaitReady();
        String ready = Figures.since(back);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 60);
        List<LedgerRecord> ledger = Runs.of(cluster.connection(), study).ledger();
        assertThat(meanwhile).as("trials that ended meanwhile").isGreaterThan(10);
        assertThat(ledger)
                .as("proposed on older evidence, and the watermark says so")
                .anyMatch(trial -> trial.number() - trial.evidenceWatermark() > 6);
        assertThat(api.get("/trials/" + study + ":30/curve").get("epochs")).hasSize(2);
        Figures.show(
                "7 PostgreSQL away for 20 s",
                "unready after %s, ready %s after its start; %d trials ended meanwhile; lost: 0, doubled: 0",
                unready,
                ready,
                meanwhile);
    }

    @Test
    void shouldPutAsideWhatNobodyCanReadAndGoOn() throws Exception {
        // Given on every topic: no JSON, a missing field, a megabyte of noise; and a report of no study
        trainers.add(cluster.trainer(1).awaitReady());
        byte[] noise = new byte[1_000_000];
        new Random(7).nextBytes(noise);
        Map<String, Object> large = Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2_000_000);
        List<TopicDefinition> topics = Topics.all(List.of("default")).stream()
                .filter(topic -> !topic.equals(Topics.DEAD_LETTERS))
                .toList();
        try (KafkaProducer<String, byte[]> raw = cluster.connection().producer(large);
                EventPublisher publisher = new EventPublisher(cluster.connection(), "test")) {
            for (TopicDefinition topic : topics) {
                for (byte[] value : List.of(text("{not json"), text("{\"schemaVersion\":1}"), noise)) {
                    raw.send(new ProducerRecord<>(topic.name(), 0, "poison", value))
                            .get();
                }
            }
            TrialReport stranger = new TrialReport.Interrupted(
                    new Run("stranger", 0, 1, "run", "trainer", "hash"),
                    1,
                    new Reason("TEST", "of no study"),
                    Instant.now());
            publisher
                    .publish(Topics.TRIAL_REPORTS, "stranger", "stranger:0", stranger)
                    .join();
        }

        // When a suggester starts, which reads the state topics from their beginning, and a study runs
        cluster.suggester().kill();
        cluster.suggester().start().awaitReady();
        String study = api.create(Studies.fateful(4, 2, Duration.ofMillis(50)));
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 4);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            List<DeadLetter> letters = letters();
            for (TopicDefinition topic : topics) {
                assertThat(letters)
                        .filteredOn(letter -> letter.topic().equals(topic.name()))
                        .extracting(DeadLetter::code)
                        .contains("NOT_JSON", "MISSING_FIELD");
                assertThat(letters)
                        .filteredOn(letter -> letter.topic().equals(topic.name()) && letter.payloadBytes() == 1_000_000)
                        .isNotEmpty()
                        .allMatch(letter -> letter.payload().length == DeadLetter.MAX_PAYLOAD_BYTES);
            }
            assertThat(letters).extracting(DeadLetter::code).contains("UNKNOWN_STUDY");
        });
        assertThat(letters()).allSatisfy(letter -> {
            assertThat(letter.reason()).isNotBlank();
            assertThat(letter.offset()).isNotNegative();
            assertThat(letter.recordKey()).isNotEqualTo(Optional.of(study));
        });
        assertThat(letters())
                .filteredOn(letter -> letter.payloadBytes() == 9)
                .isNotEmpty()
                .allSatisfy(letter -> {
                    assertThat(letter.code()).isEqualTo("NOT_JSON");
                    assertThat(letter.reason()).contains("not JSON");
                    assertThat(letter.payload()).isEqualTo(text("{not json"));
                });
        assertThat(cluster.resultsMetrics()).contains("trialstream_results_dead_letters_total{code=\"NOT_JSON\"");
        assertThat(cluster.suggesterMetrics()).contains("trialstream_suggester_dead_letters_total{code=\"NOT_JSON\"");
        Figures.show(
                "8 poisoned records",
                "3 on each of %d topics and a report of no study: %d dead letters, the stream went on",
                topics.size(),
                letters().size());
    }

    private static List<DeadLetter> letters() {
        return Runs.read(cluster.connection(), Topics.DEAD_LETTERS, DeadLetter.class);
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}

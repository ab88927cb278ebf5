package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Messages that nobody can read, on every topic. Last of all: whoever starts later reads them again. */
class UnreadableMessagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Cluster cluster = Cluster.shared();
    private final Api api = cluster.api();

    @Test
    void shouldPutAsideWhatNobodyCanReadAndGoOn() throws Exception {
        // Given on every topic: no JSON, a missing field, a megabyte of noise; and a report of no study
        cluster.trainer(1).awaitReady();
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

    private List<DeadLetter> letters() {
        return Runs.read(cluster.connection(), Topics.DEAD_LETTERS, DeadLetter.class);
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}

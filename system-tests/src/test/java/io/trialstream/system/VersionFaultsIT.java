package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Records of a newer release: nobody passes them. The shared cluster is of no use afterwards, so this comes last. */
class VersionFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final byte[] NEWER = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);

    private final Cluster cluster = Cluster.shared();

    @Test
    void shouldStopAtARecordOfANewerReleaseInsteadOfSkippingIt() throws Exception {
        // Given a trainer, and a newer release's record in its queue
        Child trainer = cluster.trainer(1).awaitReady();
        publish(Topics.proposals("default"), "newer:0");

        // Then it takes no more trials, and lives
        Awaitility.await().atMost(PATIENCE).until(() -> !trainer.isReady());
        assertThat(trainer.isAlive()).isTrue();

        // When one is on a state topic
        publish(Topics.STUDIES, "newer");

        // Then results reads no further, and a suggester that starts ends
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(cluster.resultsReadiness())
                .isEqualTo(503));
        cluster.suggester().kill();
        cluster.suggester().start().awaitEnd(PATIENCE);
        assertThat(cluster.suggester().tail()).contains("schemaVersion 2");
        assertThat(Runs.read(cluster.connection(), Topics.DEAD_LETTERS, DeadLetter.class))
                .noneMatch(letter -> new String(letter.payload(), StandardCharsets.UTF_8)
                        .equals(new String(NEWER, StandardCharsets.UTF_8)));
        Figures.show("8 unknown versions", "queue: the trainer takes no more; state topic: results and suggester stop");
    }

    private void publish(TopicDefinition topic, String key) throws Exception {
        try (KafkaProducer<String, byte[]> raw = cluster.connection().producer(Map.of())) {
            raw.send(new ProducerRecord<>(topic.name(), 0, key, NEWER)).get();
        }
    }
}

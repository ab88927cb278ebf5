package io.trialstream.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.Trialstream;
import io.trialstream.cli.deadletters.DeadLetterBox.Redrive;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.Topics;
import io.trialstream.infrastructure.EmbeddedBroker;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Letters over a real broker: listed, sent again whole, and refused where they were cut. */
class DeadLetterBoxIT {

    @Test
    void shouldSendAWholeRecordAgainOnceAndRefuseOneThatWasCut() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            // Given a record that is whole and that two readers put aside, and one that was cut
            KafkaConnection connection = new KafkaConnection(Map.of("bootstrap.servers", broker.bootstrapServers()));
            new TopicProvisioner(connection).ensure(Topics.all(List.of("default")));
            byte[] whole = "{not json".getBytes(StandardCharsets.UTF_8);
            try (EventPublisher publisher = new EventPublisher(connection, "test")) {
                DeadLetters letters = new DeadLetters(publisher, "reader", Clock.systemUTC());
                letters.put(
                        new ConsumerRecord<>("trial-reports", 3, 17, "key", whole), DeadLetterCode.NOT_JSON, "no JSON");
                new DeadLetters(publisher, "another", Clock.systemUTC())
                        .put(
                                new ConsumerRecord<>("trial-reports", 3, 17, "key", whole),
                                DeadLetterCode.NOT_JSON,
                                "no JSON");
                letters.put(
                        new ConsumerRecord<>("trial-reports", 3, 18, "key", new byte[300_000]),
                        DeadLetterCode.NOT_JSON,
                        "no JSON");
            }
            DeadLetterBox box = new DeadLetterBox(connection);

            // When
            List<DeadLetter> letters = box.letters();
            List<Redrive> done = box.redrive(letters);

            // Then
            assertThat(letters)
                    .extracting(DeadLetter::key)
                    .containsExactly(
                            "trial-reports/3/17/reader", "trial-reports/3/17/another", "trial-reports/3/18/reader");
            assertThat(done).hasSize(2);
            assertThat(done.get(0).letters()).hasSize(2);
            assertThat(done.get(0)).isInstanceOfSatisfying(Redrive.Sent.class, sent -> assertThat(sent.partition())
                    .isEqualTo(3));
            assertThat(done.get(1)).isInstanceOfSatisfying(Redrive.Refused.class, refused -> assertThat(refused.why())
                    .contains("262144 of 300000 bytes"));
            assertThat(records(connection, new TopicPartition("trial-reports", 3)))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.key()).isEqualTo("key");
                        assertThat(record.value()).isEqualTo(whole);
                        assertThat(new String(
                                        record.headers()
                                                .lastHeader(DeadLetterBox.HEADER)
                                                .value(),
                                        StandardCharsets.UTF_8))
                                .isEqualTo("trial-reports/3/17/reader");
                    });

            // Then the command prints its table and nothing else, whatever Kafka's clients log
            assertThat(printed("dead-letters", "list", "--bootstrap-servers", broker.bootstrapServers()))
                    .hasSize(1 + 3)
                    .allMatch(line -> line.startsWith("trial-reports/3/1") || line.contains("CODE"));
        }
    }

    /** What the command writes, to its standard output and error, as a process of its own. */
    private static List<String> printed(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Trialstream.class.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder command = new ProcessBuilder(line).redirectErrorStream(true);
        command.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private static List<ConsumerRecord<String, byte[]>> records(KafkaConnection connection, TopicPartition partition) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = connection.follower(Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}

package io.trialstream.messaging;

import static io.trialstream.messaging.TestTopics.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.TopicDefinition.Cleanup;
import io.trialstream.contracts.Topics;
import io.trialstream.infrastructure.SharedServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventPublisherIT {

    @Test
    void shouldPlaceAStudysRecordsOnItsPartitionWhateverTheirKeys() {
        TopicDefinition topic = TestTopics.outcomes(8);
        try (EventPublisher publisher = new EventPublisher(TestTopics.connection(), "publisher")) {
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (int number = 0; number < 20; number++) {
                sent.add(publisher.publish(topic, "demo", "demo:" + number, outcome("demo", number)));
            }
            sent.add(publisher.publish(topic, "cifar100-seed", "cifar100-seed:0", outcome("cifar100-seed", 0)));
            sent.forEach(CompletableFuture::join);
            publisher.delete(topic, "demo", "demo:3").join();

            List<Received> read = readAll(topic, publisher);

            assertThat(read).hasSize(22);
            assertThat(read).allSatisfy(received -> assertThat(received.record().partition())
                    .isEqualTo(Topics.partition(topic, received.record().key().split(":")[0])));
        }
    }

    @Test
    void shouldPlaceOtherRecordsAsKafkaPlacesTheirKeys() {
        TopicDefinition topic = TestTopics.outcomes(8);
        try (EventPublisher publisher = new EventPublisher(TestTopics.connection(), "publisher")) {
            publisher.publish(topic, "demo:7", outcome("demo", 7)).join();

            Received read = readAll(topic, publisher).get(0);

            assertThat(read.message()).isEqualTo(Optional.of(outcome("demo", 7)));
            assertThat(read.record().key()).isEqualTo("demo:7");
            assertThat(read.record().partition())
                    .isEqualTo(BuiltInPartitioner.partitionForKey("demo:7".getBytes(StandardCharsets.UTF_8), 8));
        }
    }

    @Test
    void shouldFailTheFutureWhenTheRecordCannotBePlaced() {
        TopicDefinition absent = TestTopics.defined("absent", 1, Cleanup.DELETE, Outcome.class);
        KafkaConnection impatient = new KafkaConnection(
                Map.of("bootstrap.servers", SharedServers.bootstrapServers(), "max.block.ms", "1000"));
        try (EventPublisher publisher = new EventPublisher(impatient, "publisher")) {
            assertThatThrownBy(() -> publisher
                            .publish(absent, "demo:7", outcome("demo", 7))
                            .get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining(absent.name());
        }
    }

    private static List<Received> readAll(TopicDefinition topic, EventPublisher publisher) {
        List<Received> read = new ArrayList<>();
        try (TopicFollower follower = new TopicFollower(
                TestTopics.connection(), "follower", List.of(topic), TestTopics.deadLetters(publisher))) {
            follower.readToEnd(read::add);
        }
        return read;
    }
}

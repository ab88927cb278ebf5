package io.trialstream.messaging;

import static io.trialstream.messaging.TestTopics.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Message;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.TopicDefinition.Cleanup;
import io.trialstream.contracts.Topics;
import io.trialstream.infrastructure.BrokerPorts;
import io.trialstream.infrastructure.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class BrokerRestartIT {
    @TempDir
    Path directory;

    @Test
    void shouldSurviveARestartOfTheBrokerOnItsPorts() throws Exception {
        // Given
        BrokerPorts ports = BrokerPorts.free();
        TopicDefinition topic = TestTopics.defined("restart", 2, Cleanup.COMPACT, Outcome.class);
        EmbeddedBroker broker = EmbeddedBroker.start(directory, ports, Map.of());
        KafkaConnection connection = new KafkaConnection(Map.of("bootstrap.servers", broker.bootstrapServers()));
        List<Message> read = new ArrayList<>();
        try {
            new TopicProvisioner(connection).ensure(List.of(topic, Topics.DEAD_LETTERS));
            try (EventPublisher publisher = new EventPublisher(connection, "publisher");
                    TopicFollower follower = new TopicFollower(
                            connection, "follower", List.of(topic), TestTopics.deadLetters(publisher))) {
                publisher.publish(topic, "a", "a:0", outcome("a", 0)).get(30, TimeUnit.SECONDS);
                follower.readToEnd(received -> received.message().ifPresent(read::add));

                // When
                broker.close();
                // A producer that has lost every broker it knew waits for one inside the call.
                CompletableFuture<Void> meanwhile = CompletableFuture.supplyAsync(
                                () -> publisher.publish(topic, "a", "a:1", outcome("a", 1)))
                        .thenCompose(Function.identity());
                assertThat(follower.poll(Duration.ofMillis(300), received -> {}))
                        .isZero();
                broker = EmbeddedBroker.start(directory, ports, Map.of());
                meanwhile.get(60, TimeUnit.SECONDS);
                publisher.publish(topic, "a", "a:2", outcome("a", 2)).get(60, TimeUnit.SECONDS);

                // Then
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                    follower.poll(Duration.ofMillis(200), received -> received.message()
                            .ifPresent(read::add));
                    return read.size() >= 3;
                });
                assertThat(read).containsExactly(outcome("a", 0), outcome("a", 1), outcome("a", 2));
            }
        } finally {
            broker.close();
        }
    }
}

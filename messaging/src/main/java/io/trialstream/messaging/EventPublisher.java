package io.trialstream.messaging;

import io.trialstream.contracts.Message;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Publishes messages outside of transactions. Delivery is retried until the time-out of two minutes; the returned
 * future completes when all replicas have the record and fails when they do not in time. A call may itself wait for up
 * to a minute while no broker is known, as after an outage. Thread-safe.
 */
public final class EventPublisher implements AutoCloseable {
    private final MessageCodec codec = new MessageCodec();
    private final Producer<String, byte[]> producer;
    private final BiConsumer<Message, Headers> stamp;

    /** A publisher with its own producer. */
    public EventPublisher(KafkaConnection connection, String clientId) {
        this(connection, clientId, (message, headers) -> {});
    }

    /** A publisher with its own producer; {@code stamp} writes the headers of each record that has a message. */
    public EventPublisher(KafkaConnection connection, String clientId, BiConsumer<Message, Headers> stamp) {
        KafkaProducer<String, byte[]> created = connection.producer(Map.of(ProducerConfig.CLIENT_ID_CONFIG, clientId));
        this.producer = created;
        this.stamp = stamp;
    }

    /** Publishes under this key; Kafka's default partitioner places it. */
    public CompletableFuture<Void> publish(TopicDefinition topic, String key, Message message) {
        return append(topic, key, message).thenApply(offset -> null);
    }

    /** Publishes under this key and answers the record's offset: for topics of one partition. */
    public CompletableFuture<Long> append(TopicDefinition topic, String key, Message message) {
        return send(stamped(message, new ProducerRecord<>(topic.name(), key, codec.write(message))));
    }

    /** Publishes on the partition of a study, so that the order of its records holds. */
    public CompletableFuture<Void> publish(TopicDefinition topic, String studyId, String key, Message message) {
        return send(stamped(message, ofStudy(topic, studyId, key, codec.write(message))))
                .thenApply(offset -> null);
    }

    /** Publishes a tombstone on the partition of a study: compaction removes what the key held. */
    public CompletableFuture<Void> delete(TopicDefinition topic, String studyId, String key) {
        return send(ofStudy(topic, studyId, key, null)).thenApply(offset -> null);
    }

    /** Sends what is buffered and closes the producer. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }

    private static ProducerRecord<String, byte[]> ofStudy(
            TopicDefinition topic, String studyId, String key, byte[] value) {
        return new ProducerRecord<>(topic.name(), Topics.partition(topic, studyId), key, value);
    }

    private ProducerRecord<String, byte[]> stamped(Message message, ProducerRecord<String, byte[]> record) {
        stamp.accept(message, record.headers());
        return record;
    }

    private CompletableFuture<Long> send(ProducerRecord<String, byte[]> record) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                done.complete(metadata.offset());
            } else {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }
}

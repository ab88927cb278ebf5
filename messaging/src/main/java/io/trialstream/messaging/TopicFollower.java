package io.trialstream.messaging;

import io.trialstream.contracts.MalformedMessageException;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.UnknownVersionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads whole topics, all partitions, without a consumer group: for state that is rebuilt from its topics and for
 * readers that keep their own positions. Malformed records go to the dead letters and reading goes on.
 *
 * <p>Confined to one thread, except {@link #wakeup()}.
 */
public final class TopicFollower implements AutoCloseable {
    private final MessageCodec codec = new MessageCodec();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, TopicDefinition> topics;
    private final DeadLetters deadLetters;

    /** Follows these topics from their beginning. */
    public TopicFollower(
            KafkaConnection connection, String clientId, Collection<TopicDefinition> topics, DeadLetters deadLetters) {
        this.consumer = connection.follower(Map.of(ConsumerConfig.CLIENT_ID_CONFIG, clientId));
        this.topics = topics.stream().collect(Collectors.toMap(TopicDefinition::name, Function.identity()));
        this.deadLetters = deadLetters;
        consumer.assign(partitions());
        consumer.seekToBeginning(consumer.assignment());
    }

    /** The next record read is the one at this offset. */
    public void seek(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
    }

    /** Skips everything that the topic holds now. */
    public void seekToEnd(TopicDefinition topic) {
        consumer.seekToEnd(consumer.assignment().stream()
                .filter(p -> p.topic().equals(topic.name()))
                .toList());
        // The seek is lazy; asking for the positions fixes them before any later record arrives.
        consumer.assignment().stream()
                .filter(p -> p.topic().equals(topic.name()))
                .forEach(consumer::position);
    }

    /**
     * Reads until everything that the topics held at the time of the call has been handled. What a transaction wrote is
     * held once its marker is on the topic, which may be some milliseconds after its producer's commit has returned.
     *
     * @throws UnknownVersionException if a newer release wrote one of the records
     */
    public void readToEnd(Consumer<Received> handler) {
        readToEnd(topics.values(), handler);
    }

    /** Reads until everything that {@code some} of the topics held at the time of the call has been handled. */
    public void readToEnd(Collection<TopicDefinition> some, Consumer<Received> handler) {
        List<String> names = some.stream().map(TopicDefinition::name).toList();
        List<TopicPartition> watched = consumer.assignment().stream()
                .filter(p -> names.contains(p.topic()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(watched);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(Duration.ofMillis(200), handler);
        }
    }

    /**
     * Reads what has arrived, waiting at most this long for the first record. If the handler throws, the record that it
     * could not handle is the next one read from its partition.
     *
     * @return how many records were handled
     * @throws UnknownVersionException if a newer release wrote one of the records
     */
    public int poll(Duration timeout, Consumer<Received> handler) {
        List<Received> batch = poll(timeout);
        for (int handled = 0; handled < batch.size(); handled++) {
            try {
                handler.accept(batch.get(handled));
            } catch (RuntimeException e) {
                rewind(batch.subList(handled, batch.size()).stream()
                        .map(Received::record)
                        .toList());
                throw e;
            }
        }
        return batch.size();
    }

    /**
     * Reads what has arrived as one batch, waiting at most this long for the first record. Positions are past the batch
     * afterwards, dead letters included; {@link #seek} goes back where handling it failed. If this method throws, the
     * positions are where they were.
     *
     * @throws UnknownVersionException if a newer release wrote one of the records
     */
    public List<Received> poll(Duration timeout) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        consumer.poll(timeout).forEach(records::add);
        List<Received> batch = new ArrayList<>();
        try {
            for (ConsumerRecord<String, byte[]> record : records) {
                read(record).ifPresent(batch::add);
            }
        } catch (RuntimeException e) {
            rewind(records);
            throw e;
        }
        return batch;
    }

    /** The offset of the next record to be read from each partition. */
    public Map<TopicPartition, Long> positions() {
        return consumer.assignment().stream().collect(Collectors.toMap(Function.identity(), consumer::position));
    }

    /** Makes a waiting {@link #poll} throw {@link org.apache.kafka.common.errors.WakeupException}. From any thread. */
    public void wakeup() {
        consumer.wakeup();
    }

    /** Closes the consumer. */
    @Override
    public void close() {
        consumer.close();
    }

    /** The first of these records of each partition is the next one read from it. */
    private void rewind(List<ConsumerRecord<String, byte[]>> records) {
        Map<TopicPartition, Long> first = new HashMap<>();
        records.forEach(record ->
                first.merge(new TopicPartition(record.topic(), record.partition()), record.offset(), Math::min));
        first.forEach(consumer::seek);
    }

    private Optional<Received> read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.of(new Received(Optional.empty(), record));
        }
        try {
            Message message =
                    codec.read(record.value(), topics.get(record.topic()).message());
            return Optional.of(new Received(Optional.of(message), record));
        } catch (MalformedMessageException e) {
            deadLetters.put(record, e.code(), e.getMessage());
            return Optional.empty();
        }
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.values().forEach(topic -> {
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new TopicPartition(topic.name(), i));
            }
        });
        return partitions;
    }
}

package io.trialstream.results.ingest;

import io.trialstream.contracts.TopicDefinition;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics that are read together, at the positions that the database keeps.
 *
 * <p>A stream's records may speak of what its prerequisites create: where something is unknown, those are read to their
 * present end first. Confined to the ingesting thread.
 */
final class Stream implements AutoCloseable {
    private final String name;
    private final List<TopicDefinition> topics;
    private final List<Stream> prerequisites;
    private final TopicFollower follower;
    private final Map<TopicPartition, Long> stored;

    Stream(
            String name,
            List<TopicDefinition> topics,
            List<Stream> prerequisites,
            TopicFollower follower,
            Map<TopicPartition, Long> stored) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.prerequisites = List.copyOf(prerequisites);
        this.follower = follower;
        this.stored = new HashMap<>();
        stored.forEach((partition, offset) -> {
            if (topics.stream().anyMatch(topic -> topic.name().equals(partition.topic()))) {
                this.stored.put(partition, offset);
                follower.seek(partition, offset);
            }
        });
    }

    /** What arrived, waiting at most this long for the first record; empty where nothing moved. */
    Batch poll(Duration timeout) {
        List<Received> records = follower.poll(timeout);
        Map<TopicPartition, Batch.Move> moves = new HashMap<>();
        follower.positions().forEach((partition, position) -> {
            Optional<Long> from = Optional.ofNullable(stored.get(partition));
            if (position > from.orElse(0L)) {
                moves.put(partition, new Batch.Move(from, position));
            }
        });
        return new Batch(records, moves);
    }

    /** The batch is committed. */
    void stored(Batch batch) {
        batch.moves().forEach((partition, move) -> stored.put(partition, move.to()));
    }

    /** Whether everything before these offsets is committed. */
    boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> stored.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** What it reads. */
    List<TopicDefinition> topics() {
        return topics;
    }

    /** What must be read first where something is unknown. */
    List<Stream> prerequisites() {
        return prerequisites;
    }

    @Override
    public void close() {
        follower.close();
    }

    @Override
    public String toString() {
        return name;
    }
}

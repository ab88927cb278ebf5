package io.trialstream.results.ingest;

import io.trialstream.messaging.Received;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Records to write in one transaction, with the resulting moves of positions.
 *
 * @param records in the order of reading
 * @param moves for each partition whose position changes, from where to where
 */
record Batch(List<Received> records, Map<TopicPartition, Move> moves) {

    /** Nothing read, nothing moved. */
    static final Batch NOTHING = new Batch(List.of(), Map.of());

    /**
     * A change of position.
     *
     * @param from the stored position; empty for a partition that was never read
     * @param to the offset of the record to be read next
     */
    record Move(Optional<Long> from, long to) {}

    /** Copies the collections. */
    Batch {
        records = List.copyOf(records);
        moves = Map.copyOf(moves);
    }

    /** Whether there is nothing to write. */
    boolean isEmpty() {
        return moves.isEmpty();
    }

    /** The same records in one batch each, then the remaining moves of positions. */
    List<Batch> singly() {
        List<Batch> singles = new ArrayList<>();
        Map<TopicPartition, Optional<Long>> reached = new HashMap<>();
        moves.forEach((partition, move) -> reached.put(partition, move.from()));
        for (Received received : records) {
            TopicPartition partition = new TopicPartition(
                    received.record().topic(), received.record().partition());
            long next = received.record().offset() + 1;
            singles.add(new Batch(List.of(received), Map.of(partition, new Move(reached.get(partition), next))));
            reached.put(partition, Optional.of(next));
        }
        Map<TopicPartition, Move> rest = new HashMap<>();
        moves.forEach((partition, move) -> {
            if (!reached.get(partition).equals(Optional.of(move.to()))) {
                rest.put(partition, new Move(reached.get(partition), move.to()));
            }
        });
        if (!rest.isEmpty()) {
            singles.add(new Batch(List.of(), rest));
        }
        return singles;
    }
}

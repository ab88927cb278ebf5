package io.trialstream.results.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.messaging.Received;
import io.trialstream.results.ingest.Batch.Move;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final TopicPartition ZERO = new TopicPartition("reports", 0);
    private static final TopicPartition ONE = new TopicPartition("reports", 1);

    @Test
    void shouldMoveThroughTheSamePositionsOneRecordAtATime() {
        // Given records at 5 and 7 of one partition, at 0 of another, and something unreadable at the end of both
        Batch batch = new Batch(
                List.of(record(ZERO, 5), record(ONE, 0), record(ZERO, 7)),
                Map.of(ZERO, new Move(Optional.of(4L), 9), ONE, new Move(Optional.empty(), 2)));

        // When
        List<Batch> singles = batch.singly();

        // Then
        assertThat(singles)
                .extracting(Batch::moves)
                .containsExactly(
                        Map.of(ZERO, new Move(Optional.of(4L), 6)),
                        Map.of(ONE, new Move(Optional.empty(), 1)),
                        Map.of(ZERO, new Move(Optional.of(6L), 8)),
                        Map.of(ZERO, new Move(Optional.of(8L), 9), ONE, new Move(Optional.of(1L), 2)));
    }

    @Test
    void shouldEndWithTheLastRecordWhereNothingFollows() {
        Batch batch = new Batch(List.of(record(ZERO, 5)), Map.of(ZERO, new Move(Optional.of(5L), 6)));

        assertThat(batch.singly()).containsExactly(batch);
    }

    private static Received record(TopicPartition partition, long offset) {
        return new Received(
                Optional.empty(), new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", null));
    }
}

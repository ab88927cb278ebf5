package io.trialstream.messaging;

import io.trialstream.contracts.Message;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A readable record.
 *
 * @param message the message; empty for a tombstone
 * @param record where it came from
 */
public record Received(Optional<Message> message, ConsumerRecord<String, byte[]> record) {

    /** Whether the record deletes its key. */
    public boolean isTombstone() {
        return message.isEmpty();
    }
}

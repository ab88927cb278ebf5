package io.trialstream.messaging;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.MalformedMessageException;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.UnknownVersionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records a reader has put aside already, so that one that reads its topics from their beginning puts none aside
 * twice. They are read from the dead letters when the first one is asked for, which is hardly ever. Thread-safe.
 */
final class BuriedRecords {
    private static final TopicPartition LETTERS = new TopicPartition(Topics.DEAD_LETTERS.name(), 0);
    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaConnection connection;
    private final String group;
    private final MessageCodec codec = new MessageCodec();
    private Set<Identity> known;

    /** Where a letter's record was, and its hash: a topic that was made anew counts from 0 again. */
    private record Identity(String key, String sha256) {
        static Identity of(DeadLetter letter) {
            return new Identity(letter.key(), letter.payloadSha256());
        }
    }

    BuriedRecords(KafkaConnection connection, String group) {
        this.connection = connection;
        this.group = group;
    }

    /** Whether there is such a letter. */
    synchronized boolean has(DeadLetter letter) {
        if (known == null) {
            known = read();
        }
        return known.contains(Identity.of(letter));
    }

    /** There is such a letter now. */
    synchronized void add(DeadLetter letter) {
        known.add(Identity.of(letter));
    }

    private Set<Identity> read() {
        Set<Identity> letters = new HashSet<>();
        try (KafkaConsumer<String, byte[]> consumer = connection.follower(Map.of("client.id", group + "-buried"))) {
            consumer.assign(List.of(LETTERS));
            consumer.seekToBeginning(List.of(LETTERS));
            long end = consumer.endOffsets(List.of(LETTERS)).get(LETTERS);
            while (consumer.position(LETTERS) < end) {
                consumer.poll(WAIT).forEach(record -> read(record, letters));
            }
        }
        return letters;
    }

    private void read(ConsumerRecord<String, byte[]> record, Set<Identity> letters) {
        if (record.key() == null || !record.key().endsWith("/" + group) || record.value() == null) {
            return;
        }
        try {
            letters.add(Identity.of(codec.read(record.value(), DeadLetter.class)));
        } catch (MalformedMessageException | UnknownVersionException e) {
            // A letter that is not readable is none that this reader wrote.
        }
    }
}

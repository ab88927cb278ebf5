package io.trialstream.results.deadletters;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.MalformedMessageException;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.UnknownVersionException;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.results.UnavailableException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads the topic of dead letters backwards, a page at a time; nothing is stored. Requests share one consumer, one at a
 * time. Thread-safe.
 */
@ApplicationScoped
public class DeadLetterReader {
    private static final Logger LOG = Logger.getLogger(DeadLetterReader.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.DEAD_LETTERS.name(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConnection connection;
    private final MessageCodec codec = new MessageCodec();
    private KafkaConsumer<String, byte[]> consumer;

    DeadLetterReader(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * A dead letter in its topic.
     *
     * @param offset its offset, which identifies it
     * @param letter what it says
     */
    public record Stored(long offset, DeadLetter letter) {}

    /**
     * A page of the list, the newest first.
     *
     * @param letters those that are readable
     * @param next the offset below which earlier ones are; empty on the last page
     */
    public record Letters(List<Stored> letters, Optional<Long> next) {}

    /**
     * The newest letters below an offset, the newest of all where none is given.
     *
     * @throws UnavailableException if the broker does not answer
     */
    public synchronized Letters before(Optional<Long> offset, int limit) {
        return asking(kafka -> {
            long beginning =
                    kafka.beginningOffsets(List.of(PARTITION), PATIENCE).get(PARTITION);
            long end = kafka.endOffsets(List.of(PARTITION), PATIENCE).get(PARTITION);
            long to = Math.min(offset.orElse(end), end);
            long from = Math.max(beginning, to - limit);
            List<Stored> letters = new ArrayList<>();
            read(kafka, from, to).forEach(record -> letter(record).ifPresent(letters::add));
            Collections.reverse(letters);
            return new Letters(letters, from > beginning ? Optional.of(from) : Optional.empty());
        });
    }

    /**
     * The letter at an offset.
     *
     * @throws UnavailableException if the broker does not answer
     */
    public synchronized Optional<Stored> at(long offset) {
        return asking(kafka -> {
            long beginning =
                    kafka.beginningOffsets(List.of(PARTITION), PATIENCE).get(PARTITION);
            long end = kafka.endOffsets(List.of(PARTITION), PATIENCE).get(PARTITION);
            return offset < beginning || offset >= end
                    ? Optional.empty()
                    : read(kafka, offset, offset + 1).stream().findFirst().flatMap(this::letter);
        });
    }

    private interface Question<T> {
        T ask(KafkaConsumer<String, byte[]> kafka);
    }

    private <T> T asking(Question<T> question) {
        try {
            if (consumer == null) {
                consumer = connection.follower(Map.of("client.id", "results-dead-letters"));
                consumer.assign(List.of(PARTITION));
            }
            return question.ask(consumer);
        } catch (KafkaException e) {
            LOG.warnf("the broker does not answer reason=%s", e.getMessage());
            close();
            throw new UnavailableException("the broker does not answer", e);
        }
    }

    private static List<ConsumerRecord<String, byte[]>> read(KafkaConsumer<String, byte[]> kafka, long from, long to) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        kafka.seek(PARTITION, from);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (from < to && kafka.position(PARTITION, PATIENCE) < to) {
            if (System.nanoTime() > deadline) {
                throw new org.apache.kafka.common.errors.TimeoutException("reading dead letters timed out");
            }
            kafka.poll(POLL).forEach(record -> {
                if (record.offset() < to) {
                    records.add(record);
                }
            });
        }
        return records;
    }

    private Optional<Stored> letter(ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() == null
                    ? Optional.empty()
                    : Optional.of(new Stored(record.offset(), codec.read(record.value(), DeadLetter.class)));
        } catch (MalformedMessageException | UnknownVersionException e) {
            LOG.debug("a dead letter is unreadable itself", e);
            return Optional.empty();
        }
    }

    @PreDestroy
    synchronized void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }
}

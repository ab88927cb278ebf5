package io.trialstream.cli.deadletters;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TopicFollower;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The dead letters of an installation. Sending one again publishes the record as it was, on its topic and partition
 * and under its key; the letter stays where it is.
 */
public final class DeadLetterBox {
    /** Names the letter on a record that was sent again. */
    public static final String HEADER = "trialstream-redriven-from";

    private final KafkaConnection connection;

    /** The dead letters of this broker. */
    public DeadLetterBox(KafkaConnection connection) {
        this.connection = connection;
    }

    /** What became of a letter. */
    public sealed interface Redrive {
        /** The letter. */
        DeadLetter letter();

        /** The record is on its topic again, at this offset. */
        record Sent(DeadLetter letter, int partition, long offset) implements Redrive {}

        /** It was not sent, and never can be. */
        record Refused(DeadLetter letter, String why) implements Redrive {}
    }

    /**
     * All letters, the oldest first; of several with one key the newest, as after a reader's restart.
     *
     * @throws KafkaException if the broker does not answer
     */
    public List<DeadLetter> letters() {
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        try (EventPublisher publisher = new EventPublisher(connection, "trialstream-cli");
                TopicFollower follower = new TopicFollower(
                        connection,
                        "trialstream-cli",
                        List.of(Topics.DEAD_LETTERS),
                        new DeadLetters(publisher, "trialstream-cli", Clock.systemUTC()))) {
            follower.readToEnd(received -> received.message()
                    .map(DeadLetter.class::cast)
                    .ifPresent(letter -> letters.put(letter.key(), letter)));
        }
        return List.copyOf(letters.values());
    }

    /**
     * Sends these records again, in their order, and waits until the broker has them.
     *
     * @throws KafkaException if the broker does not take one
     */
    public List<Redrive> redrive(List<DeadLetter> letters) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "trialstream-redrive",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 * DeadLetter.MAX_PAYLOAD_BYTES);
        try (KafkaProducer<String, byte[]> producer = connection.producer(settings)) {
            return letters.stream().map(letter -> redrive(producer, letter)).toList();
        }
    }

    private static Redrive redrive(KafkaProducer<String, byte[]> producer, DeadLetter letter) {
        if (letter.payloadBytes() == 0) {
            return new Redrive.Refused(letter, "the record had no value");
        }
        if (letter.payload().length < letter.payloadBytes()) {
            return new Redrive.Refused(
                    letter,
                    "the record was cut: " + letter.payload().length + " of " + letter.payloadBytes()
                            + " bytes are left");
        }
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                letter.topic(), letter.partition(), letter.recordKey().orElse(null), letter.payload());
        record.headers().add(HEADER, letter.key().getBytes(StandardCharsets.UTF_8));
        RecordMetadata sent = await(producer, record);
        return new Redrive.Sent(letter, sent.partition(), sent.offset());
    }

    private static RecordMetadata await(KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

package io.trialstream.cli.deadletters;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.MalformedMessageException;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.UnknownVersionException;
import io.trialstream.messaging.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The dead letters of an installation. Sending one again publishes the record as it was, on its topic and partition
 * and under its key; the letter stays where it is.
 */
public final class DeadLetterBox {
    /** Names the letter on a record that was sent again. */
    public static final String HEADER = "trialstream-redriven-from";

    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaConnection connection;
    private final MessageCodec codec = new MessageCodec();

    /** The dead letters of this broker. */
    public DeadLetterBox(KafkaConnection connection) {
        this.connection = connection;
    }

    /** What became of a record. */
    public sealed interface Redrive {
        /** Its letters: one of each reader that could not use it. */
        List<DeadLetter> letters();

        /** The record is on its topic again, at this offset. */
        record Sent(List<DeadLetter> letters, int partition, long offset) implements Redrive {}

        /** It was not sent, and never can be. */
        record Refused(List<DeadLetter> letters, String why) implements Redrive {}
    }

    /** Where a record was read, and its value's hash, since a topic that was made anew counts from 0 again. */
    private record Place(String topic, int partition, long offset, String sha256) {
        static Place of(DeadLetter letter) {
            return new Place(letter.topic(), letter.partition(), letter.offset(), letter.payloadSha256());
        }
    }

    /**
     * All letters, the oldest first; of several with one key the newest, as after a reader's restart.
     *
     * @throws KafkaException if the broker does not answer
     */
    public List<DeadLetter> letters() {
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS.name(), 0);
        try (KafkaConsumer<String, byte[]> consumer = connection.follower(Map.of("client.id", "trialstream-cli"))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(WAIT)
                        .forEach(record -> read(record).ifPresent(letter -> letters.put(letter.key(), letter)));
            }
        }
        return List.copyOf(letters.values());
    }

    /**
     * Sends these records again, in their order, and waits until the broker has them. A record is sent once, however
     * many readers put it aside: all of them will read it.
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
            Map<Place, List<DeadLetter>> records =
                    letters.stream().collect(Collectors.groupingBy(Place::of, LinkedHashMap::new, Collectors.toList()));
            return records.values().stream()
                    .map(record -> redrive(producer, record))
                    .toList();
        }
    }

    /** Whoever only looks puts nothing aside: what is itself not readable is passed over. */
    private Optional<DeadLetter> read(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(record.value()).map(value -> codec.read(value, DeadLetter.class));
        } catch (MalformedMessageException | UnknownVersionException e) {
            return Optional.empty();
        }
    }

    private static Redrive redrive(KafkaProducer<String, byte[]> producer, List<DeadLetter> letters) {
        DeadLetter letter = letters.get(0);
        if (letter.payloadBytes() == 0) {
            return new Redrive.Refused(letters, "the record had no value");
        }
        if (letter.payload().length < letter.payloadBytes()) {
            return new Redrive.Refused(
                    letters,
                    "the record was truncated: " + letter.payload().length + " of " + letter.payloadBytes()
                            + " bytes are stored");
        }
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                letter.topic(), letter.partition(), letter.recordKey().orElse(null), letter.payload());
        record.headers().add(HEADER, letter.key().getBytes(StandardCharsets.UTF_8));
        RecordMetadata sent = await(producer, record);
        return new Redrive.Sent(letters, sent.partition(), sent.offset());
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

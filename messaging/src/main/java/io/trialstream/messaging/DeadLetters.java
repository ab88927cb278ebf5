package io.trialstream.messaging;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.Topics;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts aside records that a reader cannot use, with the reason, so that the stream goes on. A reader that reads its topics
 * again can be kept from putting the same record aside twice. Thread-safe.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final EventPublisher publisher;
    private final String group;
    private final Clock clock;
    private final Consumer<DeadLetter> observer;
    private final Optional<BuriedRecords> buried;

    /** Dead letters of the reader that goes by the name {@code group}. */
    public DeadLetters(EventPublisher publisher, String group, Clock clock) {
        this(publisher, group, clock, letter -> {});
    }

    /** The same, telling an observer of each letter once it is safe: for counting them. */
    public DeadLetters(EventPublisher publisher, String group, Clock clock, Consumer<DeadLetter> observer) {
        this(publisher, group, clock, observer, Optional.empty());
    }

    private DeadLetters(
            EventPublisher publisher,
            String group,
            Clock clock,
            Consumer<DeadLetter> observer,
            Optional<BuriedRecords> buried) {
        this.publisher = publisher;
        this.group = group;
        this.clock = clock;
        this.observer = observer;
        this.buried = buried;
    }

    /** The same, for a reader that may read its topics again: what is among the dead letters of this broker stays one. */
    public DeadLetters once(KafkaConnection connection) {
        return new DeadLetters(publisher, group, clock, observer, Optional.of(new BuriedRecords(connection, group)));
    }

    /**
     * Publishes the record as a dead letter and waits until it is safe, so that the reader may go past it.
     *
     * @param code what kind of fault
     * @param reason what is wrong, for people
     * @throws java.util.concurrent.CompletionException if the broker did not take it
     */
    public void put(ConsumerRecord<String, byte[]> record, DeadLetterCode code, String reason) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        DeadLetter letter = DeadLetter.of(
                record.topic(),
                record.partition(),
                record.offset(),
                group,
                Optional.ofNullable(record.key()),
                code,
                reason,
                value,
                clock.instant());
        if (buried.filter(known -> known.has(letter)).isPresent()) {
            LOG.info(
                    "dead letter already stored topic={} partition={} offset={}",
                    letter.topic(),
                    letter.partition(),
                    letter.offset());
            return;
        }
        LOG.warn(
                "dead letter topic={} partition={} offset={} code={} reason={}",
                record.topic(),
                record.partition(),
                record.offset(),
                code,
                reason);
        publisher.publish(Topics.DEAD_LETTERS, letter.key(), letter).join();
        buried.ifPresent(known -> known.add(letter));
        observer.accept(letter);
    }
}

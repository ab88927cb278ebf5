package io.trialstream.trainer.queue;

import io.trialstream.contracts.MalformedMessageException;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Proposal;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TrialTraces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue as a Kafka share group ("queues for Kafka", KIP-932), one member for each slot.
 *
 * <p>A lock is renewed in three steps: acknowledge with RENEW, commit, poll. The poll returns the same record, which
 * only then can be acknowledged again; without the commit each renewal would acquire one more record.
 *
 * <p>A member whose lock is lost leaves the group and joins again with the next {@link #take}: it has nothing to wait for
 * meanwhile, and Kafka's consumer (4.2.1, KAFKA-20253) keeps half a processor busy while its broker is away, which the
 * training beside it needs.
 */
public final class ShareGroupTrialQueue implements TrialQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ShareGroupTrialQueue.class);
    private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final MessageCodec codec = new MessageCodec();
    private final Supplier<KafkaShareConsumer<String, byte[]>> join;
    private final Duration lockDuration;
    private final DeadLetters deadLetters;
    private final TrialTraces traces;

    private final Object gate = new Object();
    /** Guarded by gate. */
    private boolean polling;
    /** Guarded by gate. */
    private boolean stopped;
    /** Changed by the slot's thread only; null while this member has left. */
    private volatile KafkaShareConsumer<String, byte[]> consumer;

    /**
     * Joins the group.
     *
     * @param clientId names the slot in the broker's logs
     * @param traces is told of the trace that each taken trial belongs to
     */
    public ShareGroupTrialQueue(
            KafkaConnection connection,
            ShareGroup group,
            String clientId,
            DeadLetters deadLetters,
            TrialTraces traces) {
        this.join = () -> group.join(connection, clientId);
        this.consumer = join.get();
        this.lockDuration = group.lockDuration();
        this.deadLetters = deadLetters;
        this.traces = traces;
    }

    @Override
    public Optional<QueuedTrial> take(Duration timeout) {
        if (consumer == null) {
            consumer = join.get();
        }
        for (ConsumerRecord<String, byte[]> record : poll(timeout)) {
            Held held = new Held(record);
            Optional<Proposal> proposal = read(held);
            if (proposal.isPresent()) {
                return Optional.of(new Taken(proposal.get(), held));
            }
        }
        return Optional.empty();
    }

    @Override
    public void stop() {
        synchronized (gate) {
            stopped = true;
            if (polling) {
                consumer.wakeup();
            }
        }
    }

    /**
     * Whether the consumer has sent its group a heartbeat within the lock's duration: Kafka's own measure. A member that
     * has left says nothing against the broker.
     */
    @Override
    public boolean answers() {
        KafkaShareConsumer<String, byte[]> joined = consumer;
        return joined == null
                || joined.metrics().entrySet().stream()
                        .filter(metric -> metric.getKey().name().equals(LAST_HEARTBEAT))
                        .map(metric -> metric.getValue().metricValue())
                        .allMatch(seconds -> ((Number) seconds).doubleValue() <= lockDuration.toSeconds());
    }

    @Override
    public void close() {
        leave(CLOSE_TIMEOUT);
    }

    private void leave(Duration timeout) {
        KafkaShareConsumer<String, byte[]> joined = consumer;
        consumer = null;
        if (joined == null) {
            return;
        }
        try {
            joined.close(timeout);
        } catch (KafkaException e) {
            LOG.warn("left the queue without the broker's answer: {}", e.getMessage());
        }
    }

    private Iterable<ConsumerRecord<String, byte[]>> poll(Duration timeout) {
        synchronized (gate) {
            if (stopped) {
                return List.of();
            }
            polling = true;
        }
        try {
            return consumer.poll(timeout);
        } catch (WakeupException e) {
            return List.of();
        } finally {
            synchronized (gate) {
                polling = false;
            }
        }
    }

    private Optional<Proposal> read(Held held) {
        try {
            byte[] value = held.record.value() == null ? new byte[0] : held.record.value();
            Proposal proposal = codec.read(value, Proposal.class);
            traces.received("take trial", proposal.trialId(), held.record.headers());
            return Optional.of(proposal);
        } catch (MalformedMessageException e) {
            deadLetters.put(held.record, e.code(), e.getMessage());
            held.acknowledge(AcknowledgeType.ACCEPT);
            return Optional.empty();
        }
    }

    /** The one record that this member has locked. */
    private final class Held {
        private ConsumerRecord<String, byte[]> record;
        private boolean locked = true;

        private Held(ConsumerRecord<String, byte[]> record) {
            this.record = record;
        }

        private boolean renew() {
            if (locked && !(acknowledge(AcknowledgeType.RENEW) && reappears())) {
                locked = false;
                leave(Duration.ZERO);
            }
            return locked;
        }

        /** A renewed record comes back from the next poll, and only then can be acknowledged again. */
        private boolean reappears() {
            boolean found = false;
            for (ConsumerRecord<String, byte[]> returned : consumer.poll(lockDuration)) {
                if (returned.offset() == record.offset() && returned.partition() == record.partition()) {
                    record = returned;
                    found = true;
                } else {
                    LOG.warn("released a second record that came with a renewal: {}", returned.key());
                    consumer.acknowledge(returned, AcknowledgeType.RELEASE);
                }
            }
            return found;
        }

        /** Whether the broker took the acknowledgement, which it does only from the holder of the lock. */
        private boolean acknowledge(AcknowledgeType type) {
            if (!locked) {
                return false;
            }
            try {
                consumer.acknowledge(record, type);
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                return consumer.commitSync(lockDuration).entrySet().stream()
                        .filter(result -> result.getKey().topicPartition().equals(partition))
                        .allMatch(result -> result.getValue()
                                .map(failure -> refused(type, failure))
                                .orElse(true));
            } catch (WakeupException e) {
                // stop() came between the poll and here. The acknowledgement is on its way; close() waits for it.
                return true;
            } catch (IllegalStateException | RetriableException e) {
                LOG.warn("could not acknowledge key={} with {}: {}", record.key(), type, e.getMessage());
                return false;
            }
        }

        private boolean refused(AcknowledgeType type, KafkaException failure) {
            LOG.warn(
                    "lock lost key={} partition={} offset={} on {}: {}",
                    record.key(),
                    record.partition(),
                    record.offset(),
                    type,
                    failure.getMessage());
            return false;
        }
    }

    private record Taken(Proposal proposal, Held held) implements QueuedTrial {
        @Override
        public int deliveryCount() {
            return held.record.deliveryCount().map(Short::intValue).orElse(1);
        }

        @Override
        public boolean renew() {
            return held.renew();
        }

        @Override
        public boolean accept() {
            return held.acknowledge(AcknowledgeType.ACCEPT);
        }

        @Override
        public void release() {
            held.acknowledge(AcknowledgeType.RELEASE);
        }
    }
}

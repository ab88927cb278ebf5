package io.trialstream.results.trainers;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trialstream.contracts.MalformedMessageException;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.UnknownVersionException;
import io.trialstream.messaging.KafkaConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The newest heartbeat of each trainer, which every replica reads from the topic; nothing is stored. Unreadable records
 * are skipped: the suggester, which also follows the topic, puts them into the dead letters. Thread-safe.
 */
@ApplicationScoped
public class TrainerRegistry {
    private static final Logger LOG = Logger.getLogger(TrainerRegistry.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration FORGET_STOPPED = Duration.ofMinutes(1);
    private static final Duration FORGET_SILENT = Duration.ofMinutes(10);

    private final KafkaConnection connection;
    private final Clock clock;
    private final MessageCodec codec = new MessageCodec();
    private final Map<String, Seen> trainers = new TreeMap<>();
    private final Thread thread = new Thread(this::run, "trainer-registry");
    private volatile boolean stopping;
    private volatile KafkaConsumer<String, byte[]> consumer;

    TrainerRegistry(KafkaConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * A trainer.
     *
     * @param heartbeat its newest
     * @param seenAt when that came, by this machine's clock
     */
    public record Seen(Heartbeat heartbeat, Instant seenAt) {}

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        KafkaConsumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        thread.join(RETRY.toMillis());
    }

    /** All trainers with a recent heartbeat, sorted by id. */
    public List<Seen> trainers() {
        synchronized (trainers) {
            Instant now = clock.instant();
            trainers.values().removeIf(seen -> isForgotten(seen, now));
            return List.copyOf(trainers.values());
        }
    }

    private void run() {
        while (!stopping) {
            try {
                follow();
            } catch (KafkaException e) {
                if (!stopping) {
                    LOG.debug("the trainers' topic is not readable at the moment", e);
                    pause();
                }
            }
        }
    }

    private void follow() {
        try (KafkaConsumer<String, byte[]> opened = connection.follower(Map.of("client.id", "results-trainers"))) {
            consumer = opened;
            List<TopicPartition> partitions = IntStream.range(0, Topics.TRAINERS.partitions())
                    .mapToObj(partition -> new TopicPartition(Topics.TRAINERS.name(), partition))
                    .toList();
            opened.assign(partitions);
            opened.seekToBeginning(partitions);
            while (!stopping) {
                opened.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException e) {
            LOG.debug("following ends");
        } finally {
            consumer = null;
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            if (codec.read(record.value(), TrainerEvent.class) instanceof Heartbeat heartbeat) {
                take(heartbeat, Instant.ofEpochMilli(record.timestamp()));
            }
        } catch (MalformedMessageException | UnknownVersionException e) {
            LOG.debug("a heartbeat is not readable", e);
        }
    }

    /** An old heartbeat is read after a start; one from a clock that is ahead came now. */
    private void take(Heartbeat heartbeat, Instant sentAt) {
        Instant now = clock.instant();
        synchronized (trainers) {
            trainers.put(heartbeat.trainerId(), new Seen(heartbeat, sentAt.isBefore(now) ? sentAt : now));
        }
    }

    private static boolean isForgotten(Seen seen, Instant now) {
        Duration silence = Duration.between(seen.seenAt(), now);
        return silence.compareTo(FORGET_SILENT) > 0
                || seen.heartbeat().state() == TrainerEvent.State.STOPPED && silence.compareTo(FORGET_STOPPED) > 0;
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

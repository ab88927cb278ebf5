package io.trialstream.results.ingest;

import io.trialstream.contracts.TopicDefinition;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Topics that are read together, at the positions that the database keeps.
 *
 * <p>A stream's records may speak of what its prerequisites create: where something is unknown, those are read to their
 * present end first. While a batch is being stored, a thread of its own reads the next one. Confined to the ingesting
 * thread.
 */
final class Stream implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Stream.class);
    private static final Duration READ_WAIT = Duration.ofMillis(250);
    private static final long STOP_SECONDS = 10;

    private final String name;
    private final List<TopicDefinition> topics;
    private final List<Stream> prerequisites;
    private final TopicFollower follower;
    private final Map<TopicPartition, Long> stored;
    private final ExecutorService reader;
    /** What was read and is not yet taken, or will be. */
    private CompletableFuture<Read> next;

    /** Records, and for each partition the offset after those read so far. */
    private record Read(List<Received> records, Map<TopicPartition, Long> positions) {}

    Stream(
            String name,
            List<TopicDefinition> topics,
            List<Stream> prerequisites,
            TopicFollower follower,
            Map<TopicPartition, Long> stored) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.prerequisites = List.copyOf(prerequisites);
        this.follower = follower;
        this.stored = new HashMap<>();
        stored.forEach((partition, offset) -> {
            if (topics.stream().anyMatch(topic -> topic.name().equals(partition.topic()))) {
                this.stored.put(partition, offset);
                follower.seek(partition, offset);
            }
        });
        this.reader = Executors.newSingleThreadExecutor(work -> daemon(work, "read-" + name));
        this.next = readAhead();
    }

    /** Waits at most this long until one of the streams has read something. */
    static void awaitAny(List<Stream> streams, Duration timeout) {
        await(
                CompletableFuture.anyOf(
                        streams.stream().map(stream -> stream.next).toArray(CompletableFuture[]::new)),
                timeout);
    }

    /** What was read, waiting at most this long for it; empty where nothing moved. */
    Batch poll(Duration timeout) {
        Optional<Read> ready = await(next, timeout);
        ready.ifPresent(read -> next = readAhead());
        return ready.map(this::batch).orElse(Batch.NOTHING);
    }

    private CompletableFuture<Read> readAhead() {
        return CompletableFuture.supplyAsync(
                () -> {
                    List<Received> records = follower.poll(READ_WAIT);
                    return new Read(records, follower.positions());
                },
                reader);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static <T> Optional<T> await(CompletableFuture<T> future, Duration timeout) {
        try {
            return Optional.of(future.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppingException();
        }
    }

    private Batch batch(Read read) {
        Map<TopicPartition, Batch.Move> moves = new HashMap<>();
        read.positions().forEach((partition, position) -> {
            Optional<Long> from = Optional.ofNullable(stored.get(partition));
            if (position > from.orElse(0L)) {
                moves.put(partition, new Batch.Move(from, position));
            }
        });
        return new Batch(read.records(), moves);
    }

    /** The batch is committed. */
    void stored(Batch batch) {
        batch.moves().forEach((partition, move) -> stored.put(partition, move.to()));
    }

    /** Whether everything before these offsets is committed. */
    boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> stored.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Up to where each partition is committed. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(stored);
    }

    /** What it reads. */
    List<TopicDefinition> topics() {
        return topics;
    }

    /** What must be read first where something is unknown. */
    List<Stream> prerequisites() {
        return prerequisites;
    }

    @Override
    public void close() {
        follower.wakeup();
        reader.execute(follower::close);
        reader.shutdown();
        try {
            if (!reader.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warnf("a reader does not end yet stream=%s", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

package io.trialstream.suggester.queue;

import io.trialstream.contracts.Topics;
import io.trialstream.messaging.KafkaConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Where the pools' queues begin. The broker drops a record silently when it was handed out too often; the share group's
 * start offset, before which nothing is handed out, tells. The broker stores that offset with the next acknowledgement
 * only, so that of an idle queue its count of records that are not done with tells more. Never blocks: a request's
 * answer is there some time later.
 */
public final class QueueWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(QueueWatch.class);

    private final Admin admin;
    private final Map<String, String> poolByGroup;
    private final Map<String, QueueState> states = new ConcurrentHashMap<>();
    private volatile boolean asking;

    /**
     * A queue as the broker sees it.
     *
     * @param begin the offset before which nothing is handed out any more
     * @param records how many records are not done with, where the broker tells
     */
    public record QueueState(long begin, Optional<Long> records) {}

    /** Watches the queues of these pools. */
    public QueueWatch(KafkaConnection connection, Collection<String> pools) {
        this.admin = connection.admin();
        this.poolByGroup = pools.stream().collect(Collectors.toMap(Topics::shareGroup, Function.identity()));
    }

    /**
     * Asks the broker, unless it has not answered yet.
     *
     * @param appended the offset of the newest record that is known to be in each pool's queue
     */
    public void ask(Map<String, Long> appended) {
        if (asking) {
            return;
        }
        asking = true;
        Map<String, Long> known = Map.copyOf(appended);
        Map<String, ListShareGroupOffsetsSpec> groups = new HashMap<>();
        poolByGroup.forEach((group, pool) -> groups.put(
                group,
                new ListShareGroupOffsetsSpec()
                        .topicPartitions(List.of(
                                new TopicPartition(Topics.proposals(pool).name(), 0)))));
        var answer = admin.listShareGroupOffsets(groups);
        poolByGroup.forEach(
                (group, pool) -> answer.partitionsToOffsetInfo(group).whenComplete((offsets, failure) -> {
                    if (failure == null) {
                        offsets.values().forEach(info -> note(pool, info, known.getOrDefault(pool, -1L)));
                    } else {
                        LOG.debugf("no offsets of share group %s: %s", group, failure.getMessage());
                    }
                }));
        answer.all().whenComplete((offsets, failure) -> asking = false);
    }

    /** The newest answer; empty while no trainer of the pool has ever read its queue. */
    public Optional<QueueState> of(String pool) {
        return Optional.ofNullable(states.get(pool));
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    /** When nothing is left to be done, everything that was in the queue at the time of the question is done with. */
    private void note(String pool, SharePartitionOffsetInfo info, long appended) {
        if (info != null && info.startOffset() >= 0) {
            boolean idle = info.lag().filter(lag -> lag == 0).isPresent();
            long begin = idle ? Math.max(info.startOffset(), appended + 1) : info.startOffset();
            states.put(pool, new QueueState(begin, info.lag().filter(lag -> lag >= 0)));
        }
    }
}

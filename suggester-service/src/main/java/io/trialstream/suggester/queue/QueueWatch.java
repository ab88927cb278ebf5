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
 * Where the pools' queues begin. The broker silently drops a record that it has handed out too often; the start offset of
 * the share group, before which nothing is handed out, shows it. The broker stores that offset only with the next
 * acknowledgement, so the group's lag says more about an idle queue. Never blocks: an answer arrives some time after the
 * question.
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
     * @param records how many records are not finished, where the broker knows
     */
    public record QueueState(long begin, Optional<Long> records) {}

    /** Watches the queues of these pools. */
    public QueueWatch(KafkaConnection connection, Collection<String> pools) {
        this.admin = connection.admin();
        this.poolByGroup = pools.stream().collect(Collectors.toMap(Topics::shareGroup, Function.identity()));
    }

    /**
     * Asks the broker, unless the last question is unanswered.
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

    /** With no lag, everything that was in the queue at the time of the question is finished. */
    private void note(String pool, SharePartitionOffsetInfo info, long appended) {
        if (info != null && info.startOffset() >= 0) {
            boolean idle = info.lag().filter(lag -> lag == 0).isPresent();
            long begin = idle ? Math.max(info.startOffset(), appended + 1) : info.startOffset();
            states.put(pool, new QueueState(begin, info.lag().filter(lag -> lag >= 0)));
        }
    }
}

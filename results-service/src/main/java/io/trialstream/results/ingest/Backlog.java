package io.trialstream.results.ingest;

import io.trialstream.contracts.TopicDefinition;
import io.trialstream.results.topics.TopicState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The current ends of topics. Thread-safe. */
public final class Backlog {
    private static final long TIMEOUT_SECONDS = 15;

    private final Admin admin;

    /** Asks through this client. */
    public Backlog(Admin admin) {
        this.admin = admin;
    }

    /**
     * For each partition the offset after its last record, committed or not.
     *
     * <p>A transaction's commit is acknowledged a moment before readers of committed records see it. A reader that must
     * not miss what was acknowledged therefore reads up to here, past the transactions that are still open.
     */
    public Map<TopicPartition, Long> ends(Collection<TopicDefinition> topics) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicDefinition topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                latest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        return await(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Where these topics begin and end now, and Kafka's ids of them. */
    public TopicState state(Collection<TopicDefinition> topics) {
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        ends(topics).keySet().forEach(partition -> earliest.put(partition, OffsetSpec.earliest()));
        Map<TopicPartition, Long> begins = await(admin.listOffsets(earliest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, begin -> begin.getValue().offset()));
        Map<String, String> ids = await(admin.describeTopics(
                                topics.stream().map(TopicDefinition::name).toList())
                        .allTopicNames())
                .values()
                .stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.topicId().toString()));
        return new TopicState(ids, begins, ends(topics));
    }

    /** Kafka's id of the cluster. */
    public String clusterId() {
        return await(admin.describeCluster().clusterId());
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "the broker did not answer in " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }
}

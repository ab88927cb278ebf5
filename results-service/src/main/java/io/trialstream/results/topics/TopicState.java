package io.trialstream.results.topics;

import io.trialstream.results.topics.TopicLoss.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The state of topics on the broker.
 *
 * @param ids Kafka's id of each topic
 * @param begins the offset of the first record of each partition that is not deleted
 * @param ends the offset after the last record of each partition
 */
public record TopicState(Map<String, String> ids, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {

    /** Copies the maps. */
    public TopicState {
        ids = Map.copyOf(ids);
        begins = Map.copyOf(begins);
        ends = Map.copyOf(ends);
    }

    /**
     * The losses since these topics were read.
     *
     * @param known their ids at that time; of a topic that was never read there is none
     * @param positions up to which offset each partition was read
     */
    public List<TopicLoss> lossesSince(Map<String, String> known, Map<TopicPartition, Long> positions) {
        List<TopicLoss> losses = new ArrayList<>();
        ids.keySet().stream()
                .sorted()
                .filter(topic -> !known.getOrDefault(topic, ids.get(topic)).equals(ids.get(topic)))
                .forEach(topic -> losses.add(new TopicLoss(Kind.REPLACED, topic, Optional.empty(), 0)));
        List<String> replaced = losses.stream().map(TopicLoss::topic).toList();
        positions.keySet().stream()
                .filter(ends::containsKey)
                .filter(partition -> !replaced.contains(partition.topic()))
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                .forEach(partition -> {
                    long position = positions.get(partition);
                    long end = ends.get(partition);
                    long begin = begins.getOrDefault(partition, 0L);
                    Optional<Integer> number = Optional.of(partition.partition());
                    if (end < position) {
                        losses.add(new TopicLoss(Kind.CUT_BACK, partition.topic(), number, position - end));
                    } else if (begin > position) {
                        losses.add(new TopicLoss(Kind.DELETED_UNREAD, partition.topic(), number, begin - position));
                    }
                });
        return losses;
    }
}

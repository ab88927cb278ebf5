package io.trialstream.results.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.results.outcomes.UnpublishedOutcomes;
import io.trialstream.results.store.ConsumedOffset;
import io.trialstream.results.store.KafkaCluster;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.topics.TopicLoss;
import io.trialstream.results.topics.TopicLosses;
import io.trialstream.results.topics.TopicState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** The positions in the topics, which only the database stores. */
@ApplicationScoped
class Positions {
    private static final Logger LOG = Logger.getLogger(Positions.class);

    private final Session session;
    private final UnpublishedOutcomes unpublished;
    private final TopicLosses losses;

    Positions(Session session, UnpublishedOutcomes unpublished, TopicLosses losses) {
        this.session = session;
        this.unpublished = unpublished;
        this.losses = losses;
    }

    /**
     * The stored positions on these topics. Losses since the last read are logged and shown to users. A topic that was
     * recreated, or that has lost records that were read, is read from its beginning; outcomes that it lacks are
     * published again. Studies that the topics lack are marked until their records are read.
     */
    Map<TopicPartition, Long> on(String clusterId, TopicState topics) {
        return QuarkusTransaction.requiringNew().call(() -> {
            KafkaCluster cluster = KafkaCluster.locked();
            Map<TopicPartition, Long> positions = stored();
            boolean elsewhere = cluster.clusterId != null && !cluster.clusterId.equals(clusterId);
            if (elsewhere) {
                LOG.warnf(
                        "reading from the beginning of another Kafka cluster clusterId=%s before=%s",
                        clusterId, cluster.clusterId);
            }
            List<TopicLoss> losses = elsewhere ? replaced(positions) : topics.lossesSince(knownTopics(), positions);
            cluster.clusterId = clusterId;
            losses.forEach(loss -> apply(loss, topics));
            repair(losses);
            remember(topics);
            return losses.isEmpty() ? positions : stored();
        });
    }

    /** Kafka's ids of the topics that the positions belong to. */
    Map<String, String> knownTopics() {
        return session
                .createNativeQuery("select topic, topic_id from kafka_topic", Object[].class)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
    }

    private static Map<TopicPartition, Long> stored() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        ConsumedOffset.<ConsumedOffset>listAll()
                .forEach(row -> positions.put(new TopicPartition(row.topic, row.partition), row.nextOffset));
        return positions;
    }

    private static List<TopicLoss> replaced(Map<TopicPartition, Long> positions) {
        return positions.keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .map(topic -> new TopicLoss(TopicLoss.Kind.REPLACED, topic, Optional.empty(), 0))
                .toList();
    }

    private static void apply(TopicLoss loss, TopicState topics) {
        if (loss.partition().isEmpty()) {
            ConsumedOffset.delete("topic = ?1", loss.topic());
        } else if (loss.startsAnew()) {
            ConsumedOffset.delete(
                    "topic = ?1 and partition = ?2",
                    loss.topic(),
                    loss.partition().get());
        } else {
            TopicPartition partition =
                    new TopicPartition(loss.topic(), loss.partition().get());
            ConsumedOffset.update(
                    "nextOffset = ?1 where topic = ?2 and partition = ?3",
                    topics.begins().get(partition),
                    partition.topic(),
                    partition.partition());
        }
    }

    private void repair(List<TopicLoss> found) {
        if (found.isEmpty()) {
            return;
        }
        session.doWork(connection -> losses.add(connection, found));
        if (startsAnew(found, Topics.STUDIES)) {
            StudyEntity.update("orphaned = true where state <> ?1", StudyState.DELETED);
        }
        if (startsAnew(found, Topics.TRIAL_OUTCOMES)) {
            unpublished.addAll();
        }
    }

    private static boolean startsAnew(List<TopicLoss> losses, TopicDefinition topic) {
        return losses.stream()
                .anyMatch(loss -> loss.startsAnew() && loss.topic().equals(topic.name()));
    }

    private void remember(TopicState topics) {
        topics.ids().forEach((topic, id) -> session.createNativeMutationQuery(
                        "insert into kafka_topic (topic, topic_id) values (:topic, :id)"
                                + " on conflict (topic) do update set topic_id = excluded.topic_id")
                .setParameter("topic", topic)
                .setParameter("id", id)
                .executeUpdate());
    }

    /**
     * Moves the positions as part of the current transaction.
     *
     * @throws StaleIngestException if another replica has moved them
     */
    void move(String clusterId, Map<TopicPartition, Batch.Move> moves) {
        if (!clusterId.equals(KafkaCluster.locked().clusterId)) {
            throw new StaleIngestException("another replica reads another Kafka cluster");
        }
        moves.forEach((partition, move) -> {
            if (move.from().isEmpty()) {
                insert(partition, move.to());
            } else if (ConsumedOffset.update(
                            "nextOffset = ?1 where topic = ?2 and partition = ?3 and nextOffset = ?4",
                            move.to(),
                            partition.topic(),
                            partition.partition(),
                            move.from().get())
                    != 1) {
                throw new StaleIngestException("another replica has read on in " + partition);
            }
        });
    }

    private static void insert(TopicPartition partition, long offset) {
        if (ConsumedOffset.findById(new ConsumedOffset.Key(partition.topic(), partition.partition())) != null) {
            throw new StaleIngestException("another replica has begun to read " + partition);
        }
        ConsumedOffset row = new ConsumedOffset();
        row.topic = partition.topic();
        row.partition = partition.partition();
        row.nextOffset = offset;
        row.persist();
    }
}

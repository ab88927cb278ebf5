package io.trialstream.results.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.results.outcomes.UnpublishedOutcomes;
import io.trialstream.results.store.ConsumedOffset;
import io.trialstream.results.store.KafkaCluster;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** The positions in the database: the only ones that count. */
@ApplicationScoped
class Positions {
    private static final Logger LOG = Logger.getLogger(Positions.class);

    private final UnpublishedOutcomes unpublished;

    Positions(UnpublishedOutcomes unpublished) {
        this.unpublished = unpublished;
    }

    /**
     * The stored positions, after a change of the Kafka cluster none: then everything that the new cluster holds is
     * read, and every outcome is published there.
     */
    Map<TopicPartition, Long> on(String clusterId) {
        return QuarkusTransaction.requiringNew().call(() -> {
            KafkaCluster cluster = KafkaCluster.locked();
            if (cluster.clusterId == null) {
                cluster.clusterId = clusterId;
            } else if (!cluster.clusterId.equals(clusterId)) {
                LOG.warnf(
                        "reading from the beginning of another Kafka cluster clusterId=%s before=%s",
                        clusterId, cluster.clusterId);
                cluster.clusterId = clusterId;
                ConsumedOffset.deleteAll();
                unpublished.addAll();
            }
            Map<TopicPartition, Long> positions = new HashMap<>();
            ConsumedOffset.<ConsumedOffset>listAll()
                    .forEach(row -> positions.put(new TopicPartition(row.topic, row.partition), row.nextOffset));
            return positions;
        });
    }

    /**
     * Moves the positions as part of the present transaction.
     *
     * @throws OvertakenException if another replica has moved them
     */
    void move(String clusterId, Map<TopicPartition, Batch.Move> moves) {
        if (!clusterId.equals(KafkaCluster.locked().clusterId)) {
            throw new OvertakenException("another replica reads another Kafka cluster");
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
                throw new OvertakenException("another replica has read on in " + partition);
            }
        });
    }

    private static void insert(TopicPartition partition, long offset) {
        if (ConsumedOffset.findById(new ConsumedOffset.Key(partition.topic(), partition.partition())) != null) {
            throw new OvertakenException("another replica has begun to read " + partition);
        }
        ConsumedOffset row = new ConsumedOffset();
        row.topic = partition.topic();
        row.partition = partition.partition();
        row.nextOffset = offset;
        row.persist();
    }
}

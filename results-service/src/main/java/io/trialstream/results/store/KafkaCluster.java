package io.trialstream.results.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;

/**
 * The Kafka cluster that the offsets belong to: one row. Each batch locks this row first, so that a stale replica
 * cannot write beside its successor.
 */
@Entity
@Table(name = "kafka_cluster")
public class KafkaCluster extends PanacheEntityBase {
    @Id
    public boolean onlyRow;

    /** Kafka's id of the cluster; null before the first one is known. */
    public String clusterId;

    /** The row, locked until the end of the transaction. */
    public static KafkaCluster locked() {
        return findById(true, LockModeType.PESSIMISTIC_WRITE);
    }
}

package io.trialstream.results.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** The offset of the record to be read next from a partition. */
@Entity
@Table(name = "consumed_offset")
@IdClass(ConsumedOffset.Key.class)
public class ConsumedOffset extends PanacheEntityBase {
    @Id
    public String topic;

    @Id
    public int partition;

    public long nextOffset;

    /** A partition. */
    public record Key(String topic, int partition) {}
}

package io.trialstream.results.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.trialstream.contracts.Reason;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

/** The metrics of one epoch of a run; written once, by statements of the ingest, and read through this class. */
@Entity
@Immutable
@Table(name = "epoch")
@IdClass(EpochEntity.Key.class)
public class EpochEntity extends PanacheEntityBase {
    @Id
    public String runId;

    @Id
    public int epoch;

    public String trialId;

    @Column(columnDefinition = "json")
    public String metrics;

    public long durationMillis;
    public String reasonCode;
    public String reasonText;
    public Instant reportedAt;

    /** A run and an epoch of it. */
    public record Key(String runId, int epoch) {}

    /** Everything that the runs of a trial reported, in the order of the epochs. */
    public static List<EpochEntity> ofTrial(String trialId) {
        return list("trialId = ?1 order by epoch", trialId);
    }

    /** Why metrics are null, if any are. */
    public Optional<Reason> reason() {
        return Reasons.of(reasonCode, reasonText);
    }
}

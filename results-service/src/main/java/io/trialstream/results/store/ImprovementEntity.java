package io.trialstream.results.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.trialstream.contracts.TrialState;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

/** A completed trial that was better than all before it; a study's history of the best is made of few such rows. */
@Entity
@Immutable
@Table(name = "improvement")
@IdClass(ImprovementEntity.Key.class)
public class ImprovementEntity extends PanacheEntityBase {
    @Id
    public String studyId;

    @Id
    public long evidenceNumber;

    public int number;
    public double objective;
    public Instant recordedAt;

    /** How long the study's trials had trained by then. */
    public long trainingMillis;

    /** A study and an evidence number of it. */
    public record Key(String studyId, long evidenceNumber) {}

    /** The improvement that a trial is which has just ended; empty if it is none. */
    public static Optional<ImprovementEntity> of(TrialEntity trial, StudyEntity study) {
        if (trial.state != TrialState.COMPLETED || study.bestNumber == null || study.bestNumber != trial.number) {
            return Optional.empty();
        }
        ImprovementEntity improvement = new ImprovementEntity();
        improvement.studyId = trial.studyId;
        improvement.evidenceNumber = trial.evidenceNumber;
        improvement.number = trial.number;
        improvement.objective = trial.objective;
        improvement.recordedAt = trial.recordedAt;
        improvement.trainingMillis = study.trainingMillis;
        return Optional.of(improvement);
    }
}

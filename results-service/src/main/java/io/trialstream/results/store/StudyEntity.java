package io.trialstream.results.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.Objective;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A study: its newest record and the totals of its trials. */
@Entity
@Table(name = "study")
public class StudyEntity extends PanacheEntityBase {
    @Id
    public String studyId;

    public String name;

    @Enumerated(EnumType.STRING)
    public StudyState state;

    public String reasonCode;
    public String reasonText;
    public String objectiveMetric;
    public boolean maximize;

    /** The study file's tree as JSON, in its author's order. */
    public String spec;

    /** The study file's budget as JSON, for lists that leave the whole out. */
    public String budget;

    public long revision;
    public Instant createdAt;

    /** The highest evidence number assigned. */
    public long evidenceCount;

    /** Counts the changes of the study and its trials. */
    public long changeSeq;

    /** How long the runs of its trials trained that sent a final report. */
    public long trainingMillis;

    public Integer bestNumber;
    public Double bestObjective;

    /** The topics lack the study: it can only be read, exported and deleted. */
    public boolean orphaned;

    @Embedded
    public TrialCounts trials = new TrialCounts();

    /** Studies that are not deleted, running ones first, of equals the newest first. */
    public static List<StudyEntity> liveliest(int limit) {
        return StudyEntity.<StudyEntity>find(
                        "state <> DELETED order by case when state = RUNNING then 0 else 1 end, createdAt desc, studyId desc")
                .range(0, limit - 1)
                .list();
    }

    /** A study as its first seen record has it. */
    public static StudyEntity of(StudyRecord record) {
        StudyEntity study = new StudyEntity();
        study.studyId = record.studyId();
        study.createdAt = record.createdAt();
        study.update(record);
        return study;
    }

    /** Applies a record, unless a newer one was applied. */
    public void update(StudyRecord record) {
        if (record.revision() <= revision) {
            return;
        }
        name = record.spec().name();
        state = record.state();
        reasonCode = record.stateReason().map(Reason::code).orElse(null);
        reasonText = record.stateReason().map(Reason::text).orElse(null);
        objectiveMetric = record.spec().objective().metric();
        maximize = record.spec().objective().direction() == Objective.Direction.MAXIMIZE;
        spec = JsonText.of(record.spec());
        budget = JsonText.of(record.spec().toTree().get("budget"));
        revision = record.revision();
        nextChange();
    }

    /**
     * A record of it was read.
     *
     * @return whether it was missed before
     */
    public boolean found() {
        boolean missed = orphaned;
        if (missed) {
            orphaned = false;
            nextChange();
        }
        return missed;
    }

    /** The user deletes the study, which the topics lack. */
    public void deleteOrphaned() {
        state = StudyState.DELETED;
        reasonCode = ReasonCode.DELETED_BY_USER.name();
        reasonText = "the study was deleted by its user";
        nextChange();
    }

    /** Whether the user deleted it; its trials' reports mean nothing any more. */
    public boolean isDeleted() {
        return state == StudyState.DELETED;
    }

    /** What it optimises. */
    public Objective objective() {
        return new Objective(objectiveMetric, maximize ? Objective.Direction.MAXIMIZE : Objective.Direction.MINIMIZE);
    }

    /** Why it is in its state, where that is not obvious. */
    public Optional<Reason> reason() {
        return Reasons.of(reasonCode, reasonText);
    }

    /** Its topic has outcomes up to this evidence number: the next one is higher. */
    public void countsFrom(long number) {
        evidenceCount = Math.max(evidenceCount, number);
    }

    /** Gives the next evidence number. */
    long nextEvidenceNumber() {
        return ++evidenceCount;
    }

    /** Gives the next change's number. Commits have the order of these numbers, since a writer holds this row. */
    long nextChange() {
        return ++changeSeq;
    }

    /** Adds what a trial's run took. */
    void trained(long millis) {
        trainingMillis += millis;
    }

    /** Considers a completed trial for the best; of equals the first found stays. */
    void consider(int number, double objective) {
        if (bestObjective == null || objective().direction().isBetter(objective, bestObjective)) {
            bestNumber = number;
            bestObjective = objective;
        }
    }
}

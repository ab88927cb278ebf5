package io.trialstream.results.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Retrain;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialState;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A trial. Its transitions are the methods below; a final state never changes again, and {@code version} counts the
 * changes of state.
 */
@Entity
@Table(name = "trial")
public class TrialEntity extends PanacheEntityBase {
    @Id
    public String trialId;

    @Column(updatable = false)
    public String studyId;

    @Column(updatable = false)
    public int number;

    @Enumerated(EnumType.STRING)
    public TrialState state;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    public Origin origin;

    /** The number of the trial that it trains again; null for a trial of the search. */
    @Column(updatable = false)
    public Integer retrainOf;

    public int dispatch;

    /** The sampler's type and version, as {@code type/version}. */
    @Column(updatable = false)
    public String sampler;

    @Column(updatable = false)
    public long evidenceWatermark;

    /** Loaded lazily: this and the next column are half of a row, and the ingest needs neither. */
    @Basic(fetch = FetchType.LAZY)
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(updatable = false)
    public String configuration;

    @Basic(fetch = FetchType.LAZY)
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(updatable = false)
    public String assignment;

    @Column(updatable = false)
    public String configurationHash;

    @Column(updatable = false)
    public Instant proposedAt;

    /** The run whose report stands, or else the one that started last. */
    public String runId;

    /** That run's dispatch. */
    public int runDispatch;

    public String trainerId;
    public Instant startedAt;
    public Instant finishedAt;
    public int epochs;
    public int bestEpoch;
    public Double objective;

    /**
     * The objective turned so that less is better: what the leaderboard's index sorts by. A retrain has none, so that
     * it has no place among the trials of the search.
     */
    public Double loss;

    @Column(columnDefinition = "json")
    @ColumnTransformer(write = "?::json")
    public String bestMetrics;

    @Column(columnDefinition = "json")
    @ColumnTransformer(write = "?::json")
    public String endMetrics;

    public Long trainingMillis;
    public String reasonCode;
    public String reasonText;
    public String commandId;
    public int duplicateReports;
    public Long evidenceNumber;

    /** When the trial became final here; null before. */
    public Instant recordedAt;

    /** The change of the study that created the trial. */
    @Column(updatable = false)
    public long createdSeq;

    /** The study's change by which its state changed last. */
    public long stateSeq;

    /** The study's change by which anything of it changed last. */
    public long changeSeq;

    public long version;

    /**
     * The outcome on the topic of a trial that has not ended here, as after the loss of the database: the trial ends in
     * the same way, with the same evidence number. Set by whoever loads the row.
     */
    @Transient
    private Outcome recorded;

    /** The trial of a ledger record whose configuration cannot be stored: a row without its content. */
    public static TrialEntity withoutContent(LedgerRecord record, StudyEntity study) {
        TrialEntity trial = of(record, study);
        trial.configuration = JsonText.of(Map.of());
        trial.assignment = JsonText.of(Map.of());
        return trial;
    }

    /** The trial that a ledger record creates. */
    public static TrialEntity of(LedgerRecord record, StudyEntity study) {
        TrialEntity trial = new TrialEntity();
        trial.trialId = record.trialId().toString();
        trial.studyId = record.studyId();
        trial.number = record.number();
        trial.origin = record.origin();
        trial.retrainOf = record.retrain().map(Retrain::number).orElse(null);
        trial.sampler = record.sampler().type() + "/" + record.sampler().version();
        trial.evidenceWatermark = record.evidenceWatermark();
        trial.configuration = JsonText.of(record.configuration());
        trial.assignment = JsonText.of(record.assignment());
        trial.configurationHash = record.configurationHash();
        trial.proposedAt = record.proposedAt();
        trial.dispatch = record.dispatch();
        trial.state = TrialState.QUEUED;
        trial.version = 1;
        trial.createdSeq = study.nextChange();
        trial.stateSeq = trial.createdSeq;
        trial.changeSeq = trial.createdSeq;
        if (!trial.isRetrain()) {
            study.trials.add(TrialState.QUEUED);
        }
        return trial;
    }

    /** The trial was queued again: it waits, unless a run of the new dispatch has begun. */
    public void dispatched(int newDispatch, StudyEntity study) {
        if (newDispatch > dispatch) {
            dispatch = newDispatch;
            changeSeq = study.nextChange();
        }
        if (state == TrialState.RUNNING && runDispatch < dispatch) {
            move(TrialState.QUEUED, study);
        }
    }

    /** A run began. */
    public void started(TrialReport.Started report, StudyEntity study) {
        if (isFinal()) {
            return;
        }
        runId = report.run().runId();
        runDispatch = report.run().dispatch();
        trainerId = report.run().trainerId();
        startedAt = startedAt == null ? report.at() : startedAt;
        epochs = report.resumedFrom().map(TrialReport.ResumePoint::epoch).orElse(0);
        changeSeq = study.nextChange();
        if (state == TrialState.QUEUED) {
            move(TrialState.RUNNING, study);
        }
    }

    /** A run of it finished an epoch. */
    public void progressed(String reportingRun, int epoch, StudyEntity study) {
        if (!isFinal() && reportingRun.equals(runId) && epoch > epochs) {
            epochs = epoch;
            changeSeq = study.nextChange();
        }
    }

    /** A run broke off; if it was the latest known run, the trial waits to be queued again. */
    public void brokeOff(String endedRun, StudyEntity study) {
        if (state == TrialState.RUNNING && endedRun.equals(runId)) {
            move(TrialState.QUEUED, study);
        }
    }

    /**
     * A run sent a final report: the first one stands, later ones are only counted. If an outcome is recorded already,
     * the report that it names stands.
     *
     * @return whether it is the one that stands
     */
    public boolean finished(TrialReport.Finished report, StudyEntity study, Instant now) {
        if (isFinal() || !mayEndBy(Optional.of(report.run().runId()), report.state())) {
            duplicateReports++;
            return false;
        }
        runId = report.run().runId();
        runDispatch = report.run().dispatch();
        trainerId = report.run().trainerId();
        finishedAt = report.at();
        epochs = report.epochs();
        bestEpoch = report.bestEpoch();
        objective = report.objective().orElse(null);
        loss = objective == null || isRetrain()
                ? null
                : study.objective().direction().loss(objective);
        bestMetrics = JsonText.of(report.best());
        endMetrics = JsonText.of(report.end());
        trainingMillis = report.trainingTime().toMillis();
        commandId = report.commandId().orElse(null);
        if (!isRetrain()) {
            study.trained(trainingMillis);
        }
        settle(report.state(), report.reason(), study, now);
        if (report.state() == TrialState.COMPLETED && !isRetrain()) {
            study.consider(number, objective);
        }
        return true;
    }

    /**
     * The suggester gave the trial up.
     *
     * @return whether that made it final
     */
    public boolean givenUp(Reason reason, StudyEntity study, Instant now) {
        if (isFinal() || !mayEndBy(Optional.empty(), TrialState.FAILED)) {
            return false;
        }
        finishedAt = recordedAt(now);
        settle(TrialState.FAILED, Optional.of(reason), study, now);
        return true;
    }

    /**
     * The suggester ended the trial before a run did.
     *
     * @return whether that made it final
     */
    public boolean cancelled(Reason reason, StudyEntity study, Instant now) {
        if (isFinal() || !mayEndBy(Optional.empty(), TrialState.CANCELLED)) {
            return false;
        }
        runId = null;
        finishedAt = recordedAt(now);
        settle(TrialState.CANCELLED, Optional.of(reason), study, now);
        return true;
    }

    /** The topic already has this outcome of the trial, which has not ended here: it must end in the same way. */
    public void expects(Outcome outcome) {
        recorded = outcome.configurationHash().equals(configurationHash) ? outcome : null;
    }

    /** The outcome that the trial must end with, if one is on the topic already. */
    public Optional<Outcome> expected() {
        return Optional.ofNullable(recorded);
    }

    /** Ends the trial by its outcome, since the final report is lost. */
    public void endedAs(Outcome outcome, StudyEntity study) {
        recorded = outcome;
        runId = outcome.runId().orElse(null);
        finishedAt = outcome.at();
        epochs = outcome.epochs();
        objective = outcome.objective().orElse(null);
        if (objective != null) {
            loss = isRetrain() ? null : study.objective().direction().loss(objective);
            bestMetrics = JsonText.of(Map.of(study.objectiveMetric, objective));
        }
        settle(outcome.state(), outcome.reason(), study, outcome.at());
    }

    private Instant recordedAt(Instant now) {
        return recorded == null ? now : recorded.at();
    }

    /** Whether the recorded outcome, if there is one, allows this end. */
    private boolean mayEndBy(Optional<String> run, TrialState end) {
        return recorded == null || recorded.state() == end && recorded.runId().equals(run);
    }

    /** Whether it trains an earlier trial again: it is no evidence and not part of the study's totals. */
    public boolean isRetrain() {
        return origin == Origin.RETRAIN;
    }

    /** Whether no later report can change it. */
    public boolean isFinal() {
        return state.isFinal();
    }

    /** Why it ended as it did. */
    public Optional<Reason> reason() {
        return Reasons.of(reasonCode, reasonText);
    }

    /** What the sampler learns from it; only of a final trial. */
    public Outcome outcome() {
        Outcome.Row row = new Outcome.Row(version, configurationHash, recordedAt);
        Outcome.End end = new Outcome.End(state, Optional.ofNullable(objective), epochs, standingRun(), reason());
        if (isRetrain()) {
            return Outcome.ofRetrain(id(), row, end);
        }
        return evidenceNumber == null
                ? Outcome.withoutEvidence(id(), row, end)
                : Outcome.evidence(id(), evidenceNumber, row, end);
    }

    /** Says, for people, that a record names another configuration than this trial's. */
    public String mismatch(String otherHash) {
        return "configuration " + otherHash + " is not that of trial '" + trialId + "', which is " + configurationHash;
    }

    /** Its identity. */
    public TrialId id() {
        return new TrialId(studyId, number);
    }

    /** The run whose report stands: a trial that the suggester ended has none. */
    public Optional<String> standingRun() {
        return isFinal() && state != TrialState.FAILED ? Optional.ofNullable(runId) : Optional.empty();
    }

    private void settle(TrialState end, Optional<Reason> reason, StudyEntity study, Instant now) {
        reasonCode = reason.map(Reason::code).orElse(null);
        reasonText = reason.map(Reason::text).orElse(null);
        recordedAt = recordedAt(now);
        move(end, study);
        if (origin == Origin.IMPORTED) {
            study.trials.addImported();
        }
        if (recorded != null) {
            evidenceNumber = recorded.evidenceNumber().orElse(null);
            version = recorded.version();
        } else if (end.isEvidence() && !isRetrain()) {
            evidenceNumber = study.nextEvidenceNumber();
        }
    }

    private void move(TrialState to, StudyEntity study) {
        if (!isRetrain()) {
            study.trials.move(state, to);
        }
        state = to;
        stateSeq = study.nextChange();
        changeSeq = stateSeq;
        version++;
    }
}

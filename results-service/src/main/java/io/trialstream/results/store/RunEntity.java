package io.trialstream.results.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Run;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An attempt at a trial, as its trainer reported it. */
@Entity
@Table(name = "run")
public class RunEntity extends PanacheEntityBase {
    @Id
    public String runId;

    @Column(updatable = false)
    public String trialId;

    @Column(updatable = false)
    public String studyId;

    @Column(updatable = false)
    public int dispatch;

    @Column(updatable = false)
    public String trainerId;

    @Enumerated(EnumType.STRING)
    public RunState state;

    public String engine;
    public String device;
    public Integer deliveryCount;
    public Integer totalEpochs;
    public int lastEpoch;

    /** The network as JSON; loaded lazily, since it is larger than all other columns. */
    @Basic(fetch = FetchType.LAZY)
    public String blueprint;

    public String resumedRunId;
    public Integer resumedEpoch;
    public Instant startedAt;
    public Instant endedAt;

    /** The state in its final report, whether or not that report stands. */
    @Enumerated(EnumType.STRING)
    public TrialState outcome;

    public String reasonCode;
    public String reasonText;

    /** The runs of a trial in the order of their start, as far as that is known. */
    public static List<RunEntity> ofTrial(String trialId) {
        return list("trialId = ?1 order by dispatch, startedAt nulls last, runId", trialId);
    }

    /** A run of which only its identity is known. */
    public static RunEntity of(Run run) {
        RunEntity entity = new RunEntity();
        entity.runId = run.runId();
        entity.trialId = run.trialId().toString();
        entity.studyId = run.studyId();
        entity.dispatch = run.dispatch();
        entity.trainerId = run.trainerId();
        entity.state = RunState.RUNNING;
        return entity;
    }

    /** The run began; a repeated report changes nothing. */
    public void started(TrialReport.Started report) {
        if (startedAt != null) {
            return;
        }
        engine = report.engine();
        device = report.device();
        deliveryCount = report.deliveryCount();
        totalEpochs = report.totalEpochs();
        blueprint = report.blueprint().map(JsonText::of).orElse(null);
        resumedRunId = report.resumedFrom().map(TrialReport.ResumePoint::runId).orElse(null);
        resumedEpoch = report.resumedFrom().map(TrialReport.ResumePoint::epoch).orElse(null);
        lastEpoch = Math.max(lastEpoch, resumedEpoch == null ? 0 : resumedEpoch);
        startedAt = report.at();
    }

    /** It was trained elsewhere, and its importer calls it so. */
    public void imported(String source, TrialReport.Finished report) {
        engine = "import";
        device = source;
        finished(report);
    }

    /** The run finished an epoch. */
    public void progressed(int epoch) {
        lastEpoch = Math.max(lastEpoch, epoch);
    }

    /** The run broke off after an epoch. */
    public void brokeOff(RunState how, int epoch, Reason reason, Instant at) {
        if (state == RunState.RUNNING) {
            end(how, epoch, Optional.of(reason), at);
        }
    }

    /** The run sent its final report. */
    public void finished(TrialReport.Finished report) {
        if (state != RunState.FINISHED) {
            outcome = report.state();
            end(RunState.FINISHED, report.epochs(), report.reason(), report.at());
        }
    }

    /** Why it ended, unless it completed. */
    public Optional<Reason> reason() {
        return Reasons.of(reasonCode, reasonText);
    }

    private void end(RunState how, int epoch, Optional<Reason> reason, Instant at) {
        state = how;
        progressed(epoch);
        reasonCode = reason.map(Reason::code).orElse(null);
        reasonText = reason.map(Reason::text).orElse(null);
        endedAt = at;
    }
}

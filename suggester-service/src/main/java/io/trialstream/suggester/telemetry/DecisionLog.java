package io.trialstream.suggester.telemetry;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.suggester.decision.DecisionListener;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Logs and counts decisions. Studies and faults are logged at INFO or above; the ordinary life of trials, of which there
 * are many, at DEBUG.
 */
public final class DecisionLog implements DecisionListener {
    private static final Logger LOG = Logger.getLogger(DecisionLog.class);

    private final SuggesterMeters meters;

    /** Counts with these meters. */
    public DecisionLog(SuggesterMeters meters) {
        this.meters = meters;
    }

    @Override
    public void studyCreated(StudyRecord study) {
        LOG.infof(
                "study created studyId=%s pool=%s",
                study.studyId(), study.spec().pool());
    }

    @Override
    public void studyStateChanged(StudyRecord study) {
        Logger.Level level = study.state() == StudyState.FAILED ? Logger.Level.WARN : Logger.Level.INFO;
        LOG.logf(
                level,
                "study state changed studyId=%s state=%s %s",
                study.studyId(),
                study.state(),
                described(study.stateReason()));
    }

    @Override
    public void studyBroken(String studyId, Throwable fault) {
        LOG.errorf(fault, "study broken, it is left alone from now on studyId=%s", studyId);
    }

    @Override
    public void trialAdded(LedgerRecord trial) {
        LOG.debugf(
                "trial added studyId=%s trialId=%s origin=%s evidenceWatermark=%d",
                trial.studyId(), trial.trialId(), trial.origin(), trial.evidenceWatermark());
    }

    @Override
    public void trialQueuedAgain(LedgerRecord trial, Reason reason) {
        meters.queuedAgain(reason.code());
        LOG.infof(
                "trial queued again studyId=%s trialId=%s dispatch=%d %s",
                trial.studyId(), trial.trialId(), trial.dispatch(), described(Optional.of(reason)));
    }

    @Override
    public void trialEnded(LedgerRecord trial) {
        trial.failure().ifPresent(reason -> {
            meters.failed(reason.code());
            LOG.warnf(
                    "trial failed studyId=%s trialId=%s %s",
                    trial.studyId(), trial.trialId(), described(trial.failure()));
        });
        trial.cancellation()
                .ifPresent(reason -> LOG.debugf(
                        "trial cancelled studyId=%s trialId=%s %s",
                        trial.studyId(), trial.trialId(), described(trial.cancellation())));
    }

    private static String described(Optional<Reason> reason) {
        return reason.map(why -> "reason=" + why.code() + " text=\"" + why.text() + "\"")
                .orElse("reason=none");
    }
}

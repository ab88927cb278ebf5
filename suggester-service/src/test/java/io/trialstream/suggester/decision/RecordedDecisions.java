package io.trialstream.suggester.decision;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told, a line for each decision. */
public final class RecordedDecisions implements DecisionListener {
    private final List<String> lines = new ArrayList<>();

    /** What was decided, in this order. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void studyCreated(StudyRecord study) {
        lines.add("created " + study.studyId());
    }

    @Override
    public void studyStateChanged(StudyRecord study) {
        lines.add(study.studyId() + " " + study.state()
                + study.stateReason().map(reason -> " " + reason.code()).orElse(""));
    }

    @Override
    public void studyBroken(String studyId, Throwable fault) {
        lines.add("broken " + studyId + " " + fault.getMessage());
    }

    @Override
    public void trialAdded(LedgerRecord trial) {
        lines.add("added " + trial.trialId());
    }

    @Override
    public void trialQueuedAgain(LedgerRecord trial, Reason reason) {
        lines.add("queued again " + trial.trialId() + " " + reason.code());
    }

    @Override
    public void trialEnded(LedgerRecord trial) {
        trial.failure().ifPresent(reason -> lines.add("failed " + trial.trialId() + " " + reason.code()));
        trial.cancellation().ifPresent(reason -> lines.add("cancelled " + trial.trialId() + " " + reason.code()));
    }
}

package io.trialstream.suggester.decision;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;

/**
 * Is told of every decision that changes the life of a study or a trial, when it is taken and before it is committed.
 * Called on the suggester's loop; implementations must neither block nor throw.
 */
public interface DecisionListener {

    /** A study was created. */
    void studyCreated(StudyRecord study);

    /** A study has another state than before. */
    void studyStateChanged(StudyRecord study);

    /** A study's history or a decision about it threw: the study is left alone from now on. */
    void studyBroken(String studyId, Throwable fault);

    /** A trial was added to its study. */
    void trialAdded(LedgerRecord trial);

    /** A trial that had been queued before is queued again. */
    void trialQueuedAgain(LedgerRecord trial, Reason reason);

    /** The suggester has ended a trial as FAILED or CANCELLED. */
    void trialEnded(LedgerRecord trial);
}

package io.trialstream.contracts;

/** Where a study stands. */
public enum StudyState {
    /** Proposals are made while there is budget and capacity. */
    RUNNING,
    /** No new proposals; what runs goes on. */
    PAUSED,
    /** Its budget is used up, or its space is exhausted. */
    COMPLETED,
    /** Ended by the user. */
    STOPPED,
    /** Ended by the suggester, since it cannot go on; the reason says why. It may be resumed once that is mended. */
    FAILED,
    /** Deleted: the record stays as a marker, so that late reports are recognised. */
    DELETED;

    /** Whether the study makes no proposals any more and never will without its user asking for it. */
    public boolean isEnded() {
        return this == COMPLETED || this == STOPPED || this == FAILED || this == DELETED;
    }
}

package io.trialstream.contracts;

import io.trialstream.contracts.study.StudySpec;
import java.time.Instant;
import java.util.Optional;

/**
 * A study as the suggester knows it; the newest record of a study holds. {@link #created} makes the first one, and each
 * makes the next; the constructor is for the JSON mapping.
 *
 * @param studyId the study's identity
 * @param spec what the user asked for
 * @param state where the study stands
 * @param stateReason why it is in that state, where that is not obvious
 * @param nextNumber the number that the next trial gets, which is the count of trials in the ledger
 * @param revision counts the records of this study from 1
 * @param idempotencyKey the key that the creating request carried, if any
 * @param createdAt when the study was created, by the suggester's clock
 * @param resumedAt the number that the next trial had when the study was last resumed after it had FAILED: failures of
 *     earlier trials are forgiven
 */
public record StudyRecord(
        String studyId,
        StudySpec spec,
        StudyState state,
        Optional<Reason> stateReason,
        int nextNumber,
        long revision,
        Optional<String> idempotencyKey,
        Instant createdAt,
        Optional<Integer> resumedAt)
        implements Message {

    /** The first record of a study. */
    public static StudyRecord created(String studyId, StudySpec spec, Optional<String> idempotencyKey, Instant at) {
        return new StudyRecord(
                studyId, spec, StudyState.RUNNING, Optional.empty(), 0, 1, idempotencyKey, at, Optional.empty());
    }

    /** Refuses absent fields and negative counts. */
    public StudyRecord {
        Require.studyId(studyId);
        Require.present("spec", spec);
        Require.present("state", state);
        stateReason = stateReason == null ? Optional.empty() : stateReason;
        Require.atLeast("nextNumber", 0, nextNumber);
        Require.atLeast("revision", 1L, revision);
        idempotencyKey = idempotencyKey == null ? Optional.empty() : idempotencyKey;
        Require.present("createdAt", createdAt);
        resumedAt = resumedAt == null ? Optional.empty() : resumedAt;
        resumedAt.ifPresent(number -> Require.atLeast("resumedAt", 0, number));
    }

    /** The same study in another state, as its next revision. */
    public StudyRecord withState(StudyState newState, Optional<Reason> reason) {
        return next(newState, reason, nextNumber, resumedAt);
    }

    /** The same study after {@code trials} further numbers were given, as its next revision. */
    public StudyRecord withNumbersGiven(int trials) {
        return next(state, stateReason, nextNumber + trials, resumedAt);
    }

    /** The same study, which had FAILED, RUNNING again, as its next revision. */
    public StudyRecord resumed() {
        return next(StudyState.RUNNING, Optional.empty(), nextNumber, Optional.of(nextNumber));
    }

    private StudyRecord next(
            StudyState newState, Optional<Reason> reason, int newNextNumber, Optional<Integer> newResumedAt) {
        return new StudyRecord(
                studyId, spec, newState, reason, newNextNumber, revision + 1, idempotencyKey, createdAt, newResumedAt);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}

package io.trialstream.suggester.command;

/** A request contradicts the state of its study, or names none that exists. */
public final class StudyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request is refused. */
    public enum Code {
        /** There is no such study. */
        NOT_FOUND,
        /** Another study has this name. */
        NAME_TAKEN,
        /** The Idempotency-Key belongs to a request with another study file. */
        IDEMPOTENCY_KEY_REUSED,
        /** The study has ended. */
        STUDY_ENDED,
        /** The budget of trials has no room for so many more. */
        BUDGET_EXCEEDED,
        /** So many trials are open already that no more can be enqueued. */
        TOO_MANY_WAITING,
        /** The trial that is to be trained again was not trained to its end, or no trial was. */
        NOT_TRAINED,
        /** The trial is already being trained again in the same way. */
        RETRAIN_UNDER_WAY
    }

    private final Code code;

    StudyRefusedException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** Why. */
    public Code code() {
        return code;
    }
}

package io.trialstream.contracts;

/**
 * The codes of the {@linkplain Reason reasons} that this release gives, by who gives them; the constant's name is the
 * code. Reports, records, logs, metrics and REST answers all spell it so.
 *
 * <p>A reason that is <em>read</em> may have another code: one of another release, or one that a user's own training
 * chose. So {@link Reason} keeps the code as the text it was read as, and writes it back unchanged; this enum is what
 * our own code makes reasons from ({@link Reason#of}) and compares them with ({@link Reason#is}).
 */
public enum ReasonCode {
    // A trainer: the configuration is at fault, the trial ends INFEASIBLE.

    /** The loss of a batch became NaN or infinite. */
    NON_FINITE_LOSS,
    /** A metric that the workload reports is NaN or infinite. */
    NON_FINITE_METRIC,
    /** The network cannot be built. */
    INVALID_ARCHITECTURE,
    /** The trial needs more memory than its pool declares. */
    OUT_OF_MEMORY,
    /** A user's program ran for longer than its study allows. */
    TIMEOUT,
    /** A user's program said that it cannot train the configuration. */
    REPORTED_INFEASIBLE,

    // A trainer: a command or its study's state ended the run.

    /** The pruner stopped the trial. */
    PRUNED,
    /** The trial was cancelled while it ran. */
    CANCELLED,
    /** The study was stopped before the trial started. */
    STUDY_STOPPED,
    /** The study was deleted while the trial ran. */
    STUDY_DELETED,

    // A trainer: the run broke off, and the trial may be queued again.

    /** The trainer shuts down. */
    DRAINING,
    /** The run made no progress and was told to end, or did not even end then. Also given by the suggester. */
    STUCK,
    /** The run lost its claim on the trial, which another run trains. */
    RUNS_ELSEWHERE,
    /** The study's data set is neither on the trainer's machine nor to be downloaded. */
    DATASET_UNAVAILABLE,
    /** A user's program, or what it runs in, is not on the trainer's machine. */
    PROGRAM_NOT_FOUND,
    /** A user's program ended with a status other than 0. */
    PROGRAM_FAILED,
    /** A user's program was ended by a signal. */
    PROGRAM_KILLED,
    /** A user's program reported what the protocol does not have. */
    INVALID_REPORT,
    /** A user's program printed more than the trainer keeps. */
    OUTPUT_TOO_LARGE,
    /** The training threw something unforeseen. */
    TRAINING_FAILED,
    /** The queue handed out the record too often without a run that ended. */
    DELIVERED_TOO_OFTEN,
    /** The workload does not report the study's metric: no trial of the study can succeed. */
    METRIC_NOT_REPORTED,
    /** The workload refuses the study's training settings: no trial of the study can succeed. */
    INVALID_TRAINING,

    // A trainer: the condition of the trainer itself, shown by its readiness.

    /** The broker refuses what the trainer asks. */
    BROKER_REFUSES,
    /** The queue holds a message of a newer release. */
    UNKNOWN_VERSION,
    /** A thread of the trainer ended unexpectedly. */
    TRAINER_FAILED,
    /** The engine runs without the instructions that make it fast. */
    SLOW_ENGINE,
    /** The engine has no code for this GPU. */
    UNSUPPORTED_GPU,
    /** The engine is built for a GPU and finds none. */
    NO_GPU,

    // The suggester: why a trial is queued again, or ends.

    /** The run sends no heartbeats any more. */
    TRAINER_LOST,
    /** The queue has passed the record and no run has begun. */
    QUEUE_PASSED,
    /** The final report is gone from its topic and was not recorded. */
    REPORT_LOST,
    /** The suggester started, and no run had begun the trial. */
    RESTART,
    /** The trial's study has ended. */
    STUDY_ENDED,
    /** The trial was imported, in a state that needs a reason and came without one. */
    IMPORTED,

    // The suggester: why a study has ended.

    /** The study's user stopped it. */
    STOPPED_BY_USER,
    /** The study's user deleted it. */
    DELETED_BY_USER,
    /** The budget's trials have ended. */
    TRIALS_SPENT,
    /** The budget's training time is used up. */
    TRAINING_TIME_SPENT,
    /** As many trials ended INFEASIBLE as the budget allows. */
    TOO_MANY_INFEASIBLE,
    /** As many trials ended FAILED as the budget allows. */
    TOO_MANY_FAILED,
    /** Every configuration of the space was tried. */
    SPACE_EXHAUSTED,
    /** The study cannot be run by this release. */
    INVALID_STUDY,
    /** The study's history cannot be continued. */
    STUDY_BROKEN,
    /** The study's sampler failed. */
    SUGGESTION_FAILED,
    /** The study's sampler takes longer than a suggestion may. */
    SUGGESTION_TOO_SLOW,

    // Results.

    /** The database cannot store what was reported. */
    NOT_STORABLE
}

package io.trialstream.contracts;

/**
 * One acquisition of a queued trial by a trainer's slot.
 *
 * @param studyId the trial's study
 * @param number the trial's number within the study
 * @param dispatch the dispatch of the queue record
 * @param runId a random UUID
 * @param trainerId who runs it
 * @param configurationHash what it trains
 */
public record Run(String studyId, int number, int dispatch, String runId, String trainerId, String configurationHash) {

    /** Refuses absent fields and malformed ids. */
    public Run {
        Require.studyId(studyId);
        Require.atLeast("number", 0, number);
        Require.atLeast("dispatch", 1, dispatch);
        Require.id("runId", runId);
        Require.id("trainerId", trainerId);
        Require.id("configurationHash", configurationHash);
    }

    /** The trial that this run trains. */
    public TrialId trialId() {
        return new TrialId(studyId, number);
    }
}

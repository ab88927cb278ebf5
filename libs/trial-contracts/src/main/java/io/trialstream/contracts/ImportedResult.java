package io.trialstream.contracts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a trial that was trained elsewhere, or before: it stands in the trial's ledger record, so that trial and
 * result come into being together. Results makes the trial final from it and gives it its evidence number.
 *
 * @param contentHash SHA-256 of what was imported, in lower-case hexadecimal digits: the same content is imported once
 *     into a study
 * @param source what its importer calls it, such as the name of a model
 * @param runId the run under which its epochs are reported
 * @param state COMPLETED, PRUNED or INFEASIBLE: only evidence is imported
 * @param objective the objective at its best epoch; present when COMPLETED
 * @param epochs how many epochs were trained, 0 where that is not known
 * @param bestEpoch the epoch of the best objective, 0 where that is not known
 * @param best all metrics at the best epoch
 * @param end all metrics at the last epoch
 * @param trainingTime how long it trained, zero where that is not known
 * @param reason why it ended so; present unless COMPLETED
 * @param at when it ended, or was imported
 */
public record ImportedResult(
        String contentHash,
        String source,
        String runId,
        TrialState state,
        Optional<Double> objective,
        int epochs,
        int bestEpoch,
        Map<String, Double> best,
        Map<String, Double> end,
        Duration trainingTime,
        Optional<Reason> reason,
        Instant at) {

    /** Who is named as the trainer of an imported trial. */
    public static final String TRAINER_ID = "import";

    /** Refuses absent fields, a state that is no evidence and a COMPLETED without a finite objective. */
    public ImportedResult {
        Require.sha256("contentHash", contentHash);
        Require.text("source", source);
        Require.id("runId", runId);
        Require.present("state", state);
        if (!state.isEvidence()) {
            throw new IllegalArgumentException("state must be COMPLETED, PRUNED or INFEASIBLE, got " + state);
        }
        objective = objective == null ? Optional.empty() : objective;
        reason = reason == null ? Optional.empty() : reason;
        Require.result(state, objective, reason);
        Require.atLeast("epochs", 0, epochs);
        Require.atLeast("bestEpoch", 0, bestEpoch);
        best = Metrics.finiteOrNull(Require.present("best", best));
        end = Metrics.finiteOrNull(Require.present("end", end));
        Require.notNegative("trainingTime", trainingTime);
        Require.present("at", at);
    }

    /** The same as the final report of a run, which is what it would have been had the trial been trained here. */
    TrialReport.Finished reportOf(LedgerRecord trial) {
        return new TrialReport.Finished(
                runOf(trial),
                state,
                objective,
                epochs,
                bestEpoch,
                best,
                end,
                trainingTime,
                reason,
                Optional.empty(),
                at);
    }

    /** The run under which the epochs of this trial are reported. */
    Run runOf(LedgerRecord trial) {
        return new Run(trial.studyId(), trial.number(), 1, runId, TRAINER_ID, trial.configurationHash());
    }
}

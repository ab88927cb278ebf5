package io.trialstream.suggester.imports;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A trial as a file has it, its form checked and its configuration not yet.
 *
 * @param source what the file calls it
 * @param exportedAs the trial that it is an export of, where the file says so
 * @param protocol on what it was selected, where the file says so
 * @param configurationField the configuration's name in the file
 * @param configuration the configuration's tree
 * @param state where it stood
 * @param objective the objective, where the file names one; else it is the best value of the study's metric
 * @param epochs how many epochs were trained, 0 where that is not known
 * @param bestEpoch the epoch of the best objective, 0 where that is not known
 * @param best all metrics at the best epoch
 * @param end all metrics at the last epoch
 * @param trainingTime how long it trained, zero where that is not known
 * @param reason why it ended so, where the file says so
 * @param finishedAt when it ended, where the file says so
 */
record ImportedTrial(
        String source,
        Optional<TrialId> exportedAs,
        Optional<Protocol> protocol,
        String configurationField,
        Object configuration,
        TrialState state,
        Optional<Double> objective,
        int epochs,
        int bestEpoch,
        Map<String, Double> best,
        Map<String, Double> end,
        Duration trainingTime,
        Optional<Reason> reason,
        Optional<Instant> finishedAt) {

    /** The objective of a study that optimises this metric. */
    Optional<Double> objectiveOf(String metric) {
        return objective.isPresent() ? objective : Optional.ofNullable(best.get(metric));
    }
}

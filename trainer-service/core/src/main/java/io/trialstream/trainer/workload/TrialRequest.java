package io.trialstream.trainer.workload;

import io.trialstream.contracts.study.TrainingSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One trial to train.
 *
 * @param studyId the study it belongs to
 * @param number the trial's number in its study, from 0
 * @param configuration the hyperparameters as the study's space names them; a value may be {@code null} (the choice
 *     "none"), a boolean, a number, a string, or a list or map of these
 * @param training what to train on, how long, under which protocol
 * @param seed of everything random in the trial: initial weights, data order, flips, crops, dropout
 * @param retrain whether it is trained for what it leaves: histograms and filter images too
 */
public record TrialRequest(
        String studyId,
        int number,
        Map<String, Object> configuration,
        TrainingSettings training,
        long seed,
        boolean retrain) {

    /** A trial of a search. */
    public TrialRequest(
            String studyId, int number, Map<String, Object> configuration, TrainingSettings training, long seed) {
        this(studyId, number, configuration, training, seed, false);
    }

    /** Validates, and copies the configuration in its order. */
    public TrialRequest {
        Objects.requireNonNull(studyId, "studyId");
        Objects.requireNonNull(training, "training");
        if (number < 0) {
            throw new IllegalArgumentException("number is negative: " + number);
        }
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    }

    /** The trial's id, {@code studyId:number}. */
    public String trialId() {
        return studyId + ":" + number;
    }
}

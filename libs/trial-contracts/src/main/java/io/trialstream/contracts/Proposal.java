package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.trialstream.contracts.study.Objective;
import io.trialstream.contracts.study.TrainingSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trial in a pool's queue: all that a trainer needs to train it. Only a queue record: state is never rebuilt from it.
 *
 * @param studyId the trial's study
 * @param number the trial's number within the study
 * @param dispatch how often the trial has been queued, this time included; an older dispatch is not run any more
 * @param configuration the values under the space's keys
 * @param configurationHash identifies the configuration
 * @param objective the metric to report and its direction
 * @param training the workload and its settings
 * @param seed weights and data order derive from it; a function of the study's seed and the trial's number
 * @param retrain whether a finished configuration is trained again for what it leaves: its weights, histograms and
 *     filter images
 */
public record Proposal(
        String studyId,
        int number,
        int dispatch,
        Map<String, Object> configuration,
        String configurationHash,
        Objective objective,
        TrainingSettings training,
        long seed,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY) boolean retrain)
        implements Message {

    /** A trial of a search. */
    public Proposal(
            String studyId,
            int number,
            int dispatch,
            Map<String, Object> configuration,
            String configurationHash,
            Objective objective,
            TrainingSettings training,
            long seed) {
        this(studyId, number, dispatch, configuration, configurationHash, objective, training, seed, false);
    }

    /** Refuses absent fields and copies the configuration. */
    public Proposal {
        Require.studyId(studyId);
        Require.atLeast("number", 0, number);
        Require.atLeast("dispatch", 1, dispatch);
        configuration =
                Collections.unmodifiableMap(new LinkedHashMap<>(Require.present("configuration", configuration)));
        Require.id("configurationHash", configurationHash);
        Require.present("objective", objective);
        Require.present("training", training);
    }

    /** This trial's identity. */
    public TrialId trialId() {
        return new TrialId(studyId, number);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}

package io.trialstream.contracts.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A workload that sleeps and reports a deterministic objective of its configuration: for trying out a cluster.
 *
 * @param epochs epochs of a complete training
 * @param epochDuration how long each epoch sleeps
 */
public record SleepTraining(int epochs, Duration epochDuration) implements TrainingSettings {

    /** The workload's name. */
    public static final String WORKLOAD = "sleep";

    static SleepTraining read(TreeReader tree) {
        int epochs = tree.optionalInt("epochs", 3, 1, MAX_EPOCHS);
        Duration epochDuration = tree.optionalDuration("epochDuration", Duration.ofMillis(200));
        tree.refuseUnknown();
        return new SleepTraining(epochs, epochDuration);
    }

    @Override
    public String workload() {
        return WORKLOAD;
    }

    @Override
    public SleepTraining withEpochs(int newEpochs) {
        return new SleepTraining(TrainingSettings.requireEpochs(newEpochs), epochDuration);
    }

    @Override
    @JsonValue
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("workload", WORKLOAD);
        tree.put("epochs", epochs);
        tree.put("epochDuration", epochDuration.toString());
        return tree;
    }
}

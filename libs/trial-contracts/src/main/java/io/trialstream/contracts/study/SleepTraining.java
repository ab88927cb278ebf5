package io.trialstream.contracts.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workload that sleeps and reports a deterministic objective of its configuration: for trying out a cluster.
 *
 * @param epochs epochs of a complete training
 * @param epochDuration how long each epoch sleeps, at most a day
 */
public record SleepTraining(int epochs, Duration epochDuration) implements TrainingSettings {

    /** The workload's name. */
    public static final String WORKLOAD = "sleep";

    /** The metrics of each epoch. */
    public static final List<String> METRICS = List.of("objective", "loss");

    private static final Duration MAX_EPOCH_DURATION = Duration.ofHours(24);

    static SleepTraining read(TreeReader tree) {
        int epochs = tree.optionalInt("epochs", 3, 1, MAX_EPOCHS);
        Duration epochDuration = tree.optionalDuration("epochDuration", Duration.ofMillis(200), MAX_EPOCH_DURATION);
        tree.refuseUnknown();
        return new SleepTraining(epochs, epochDuration);
    }

    @Override
    public String workload() {
        return WORKLOAD;
    }

    @Override
    public List<String> metrics() {
        return METRICS;
    }

    @Override
    public List<String> requiredKeys() {
        return List.of();
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

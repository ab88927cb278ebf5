package io.trialstream.trainer.workload;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one epoch gave. The CNN's metrics are {@code fine_accuracy}, {@code coarse_accuracy}, {@code
 * fine_top5_accuracy}, {@code coarse_top5_accuracy}, {@code fine_loss}, {@code coarse_loss} (mean cross-entropies in nats, unweighted) and {@code
 * loss} (fine plus weighted coarse, without the weight penalty): plain names on the selection split in inference mode,
 * with prefix {@code train_} over the epoch's training batches as they were trained (dropout and flips active), with
 * {@code test_} on the test set.
 *
 * @param epoch counted from 1
 * @param metrics by name, all finite, accuracies within [0, 1]
 * @param duration of training and evaluation together
 */
public record EpochMetrics(int epoch, Map<String, Double> metrics, Duration duration) {

    /**
     * Validates, and copies the metrics in their order.
     *
     * @throws InfeasibleException if a metric is not finite: another run of the configuration would come to the same
     */
    public EpochMetrics {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch counts from 1: " + epoch);
        }
        Objects.requireNonNull(duration, "duration");
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        metrics.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new InfeasibleException(
                        InfeasibleException.NON_FINITE_METRIC, "metric " + name + " is not finite: " + value);
            }
        });
    }
}

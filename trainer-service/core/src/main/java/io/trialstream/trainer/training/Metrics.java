package io.trialstream.trainer.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Scores as named metrics; the names are listed at {@link io.trialstream.trainer.workload.EpochMetrics}. */
final class Metrics {

    /** By which a trial's best epoch is told, the higher the better. */
    static final String FINE_ACCURACY = "fine_accuracy";

    static final String TRAIN = "train_";
    static final String TEST = "test_";

    private Metrics() {}

    static Map<String, Double> of(String prefix, BatchScore score, double coarseWeight) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(prefix + FINE_ACCURACY, score.fine().accuracy());
        metrics.put(prefix + "coarse_accuracy", score.coarse().accuracy());
        metrics.put(prefix + "fine_top5_accuracy", score.fine().top5Accuracy());
        metrics.put(prefix + "coarse_top5_accuracy", score.coarse().top5Accuracy());
        metrics.put(
                prefix + "loss",
                score.fine().loss() + coarseWeight * score.coarse().loss());
        metrics.put(prefix + "fine_loss", score.fine().loss());
        metrics.put(prefix + "coarse_loss", score.coarse().loss());
        return metrics;
    }
}

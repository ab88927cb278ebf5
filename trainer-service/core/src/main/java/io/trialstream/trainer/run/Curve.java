package io.trialstream.trainer.run;

import io.trialstream.contracts.study.Objective;
import io.trialstream.trainer.checkpoint.CheckpointHeader.Progress;
import io.trialstream.trainer.workload.EpochMetrics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The epochs of one run so far and the best of them. Confined to the training thread. */
final class Curve {
    private final Objective objective;
    private int epochs;
    private int bestEpoch;
    private Map<String, Double> best = Map.of();
    private Map<String, Double> last = Map.of();

    Curve(Objective objective) {
        this.objective = objective;
    }

    /**
     * Adds the next epoch. The first of equally good epochs is the best.
     *
     * @throws UntrainableStudyException if the workload does not report the study's metric
     */
    void add(EpochMetrics epoch) {
        Double value = epoch.metrics().get(objective.metric());
        if (value == null) {
            throw new UntrainableStudyException(
                    "METRIC_NOT_REPORTED",
                    "objective.metric '" + objective.metric() + "' is not reported by the workload, which reports "
                            + new TreeSet<>(epoch.metrics().keySet()),
                    null);
        }
        epochs = epoch.epoch();
        last = epoch.metrics();
        if (bestEpoch == 0 || objective.direction().isBetter(value, best.get(objective.metric()))) {
            bestEpoch = epoch.epoch();
            best = epoch.metrics();
        }
    }

    /** Continues where another run's curve ended; called before the first epoch. */
    void restore(Progress past) {
        epochs = past.epochs();
        bestEpoch = past.bestEpoch();
        best = past.best();
        last = past.last();
    }

    /** The progress that {@link #restore} takes. */
    Progress progress() {
        return new Progress(epochs, bestEpoch, best, last);
    }

    /** The objective at its best epoch; empty before the first. */
    Optional<Double> objective() {
        return bestEpoch == 0 ? Optional.empty() : Optional.of(best.get(objective.metric()));
    }

    int epochs() {
        return epochs;
    }

    int bestEpoch() {
        return bestEpoch;
    }

    Map<String, Double> best() {
        return best;
    }

    Map<String, Double> last() {
        return last;
    }
}

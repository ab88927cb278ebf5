package io.trialstream.trainer.sleep;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.contracts.study.SleepTraining;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.WorkloadRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * One sleeping run. After epoch e of E the objective is f (1 - exp(-4 e / E)) / (1 - exp(-4)), where f is the
 * configuration's: it rises like a learning curve and ends at exactly f.
 */
final class SleepRun implements WorkloadRun {
    private static final double STEEPNESS = 4;
    private static final String OBJECTIVE = "objective";

    private final SleepTraining training;
    private final double objective;

    SleepRun(SleepTraining training, double objective) {
        this.training = training;
        this.objective = objective;
    }

    @Override
    public Optional<NetworkBlueprint> blueprint() {
        return Optional.empty();
    }

    @Override
    public int totalEpochs() {
        return training.epochs();
    }

    @Override
    public EpochMetrics trainEpoch(int epoch) {
        long begun = System.nanoTime();
        try {
            Thread.sleep(training.epochDuration().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while it slept through epoch " + epoch);
        }
        return new EpochMetrics(epoch, after(epoch), Duration.ofNanos(System.nanoTime() - begun));
    }

    @Override
    public Map<String, Double> finalMetrics() {
        return Map.of();
    }

    /** Its epochs depend on nothing before them; what is saved only proves whose state it is. */
    @Override
    public void save(StateSink state) {
        state.put(OBJECTIVE, new double[] {objective});
    }

    @Override
    public void restore(int epoch, StateSource state) {
        double[] saved = state.doubles(OBJECTIVE);
        if (epoch > training.epochs() || saved.length != 1 || saved[0] != objective) {
            throw new IllegalArgumentException("the state is of another configuration");
        }
    }

    @Override
    public void close() {
        // Nothing to free.
    }

    private Map<String, Double> after(int epoch) {
        double reached = epoch == training.epochs()
                ? objective
                : objective * Math.expm1(-STEEPNESS * epoch / training.epochs()) / Math.expm1(-STEEPNESS);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(OBJECTIVE, reached);
        metrics.put("loss", 1 - reached);
        return metrics;
    }
}

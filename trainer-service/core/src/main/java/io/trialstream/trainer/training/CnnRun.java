package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.dataset.Split;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.InfeasibleException;
import io.trialstream.trainer.workload.WorkloadRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One trial's training: shuffled, flipped batches an epoch, then the selection images in inference mode. The weights of
 * the epoch with the best fine accuracy are kept; under the honest protocol those are what the test set is read with.
 */
final class CnnRun implements WorkloadRun {

    /** Everything about a run that does not change while it trains. */
    record Plan(
            NetworkBlueprint blueprint,
            Split split,
            ImageSet test,
            int batchSize,
            double coarseWeight,
            int epochs,
            long seed) {}

    private final Plan plan;
    private final EngineRun network;
    private final Clock clock;
    private final Prefetch prefetch = new Prefetch();

    private int trained;
    private BatchScore best = BatchScore.none();

    CnnRun(Plan plan, EngineRun network, Clock clock) {
        this.plan = plan;
        this.network = network;
        this.clock = clock;
    }

    @Override
    public Optional<NetworkBlueprint> blueprint() {
        return Optional.of(plan.blueprint());
    }

    @Override
    public int totalEpochs() {
        return plan.epochs();
    }

    @Override
    public EpochMetrics trainEpoch(int epoch) {
        if (epoch != trained + 1 || epoch > plan.epochs()) {
            throw new IllegalArgumentException(
                    "epoch " + epoch + " does not follow " + trained + " of " + plan.epochs());
        }
        Instant start = clock.instant();
        Map<String, Double> metrics = new LinkedHashMap<>();
        BatchScore training = trained(epoch);
        BatchScore selection =
                evaluated(plan.split().selectionImages(), plan.split().selection(), "epoch " + epoch);
        metrics.putAll(Metrics.of("", selection, plan.coarseWeight()));
        metrics.putAll(Metrics.of(Metrics.TRAIN, training, plan.coarseWeight()));
        trained = epoch;
        keepIfBest(selection);
        return new EpochMetrics(epoch, metrics, Duration.between(start, clock.instant()));
    }

    /** Under protocol {@code seed} the selection was on test images already: their figures at the best epoch. */
    @Override
    public Map<String, Double> finalMetrics() {
        if (trained == 0) {
            throw new IllegalStateException("no epoch was trained");
        }
        if (plan.split().selectsOnTest()) {
            return Metrics.of(Metrics.TEST, best, plan.coarseWeight());
        }
        network.restoreKeptWeights();
        int[] all = IntStream.range(0, plan.test().size()).toArray();
        return Metrics.of(Metrics.TEST, evaluated(plan.test(), all, "the test set"), plan.coarseWeight());
    }

    @Override
    public void close() {
        prefetch.close();
        network.close();
    }

    private BatchScore trained(int epoch) {
        network.beginEpoch(Seeds.DROPOUT.of(plan.seed(), epoch));
        BatchPlan batches = BatchPlan.training(
                plan.split().trainImages(), plan.split().train(), plan.batchSize(), plan.seed(), epoch);
        return sum(batches, network::train, "epoch " + epoch);
    }

    private BatchScore evaluated(ImageSet images, int[] indices, String where) {
        return sum(BatchPlan.evaluation(images, indices, plan.batchSize()), network::evaluate, where);
    }

    private BatchScore sum(BatchPlan batches, java.util.function.Function<ImageBatch, BatchScore> step, String where) {
        BatchScore[] total = {BatchScore.none()};
        prefetch.forEach(batches, batch -> {
            Interruption.check();
            BatchScore score = step.apply(batch);
            if (!score.isFinite()) {
                throw new InfeasibleException(
                        InfeasibleException.NON_FINITE_LOSS,
                        "the loss is not finite in " + where + ", after "
                                + total[0].fine().images() + " images");
            }
            total[0] = total[0].plus(score);
        });
        return total[0];
    }

    private void keepIfBest(BatchScore selection) {
        if (best.fine().images() == 0
                || selection.fine().accuracy() > best.fine().accuracy()) {
            best = selection;
            network.keepWeights();
        }
    }
}

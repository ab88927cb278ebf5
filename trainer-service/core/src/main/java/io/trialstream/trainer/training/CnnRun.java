package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.dataset.Split;
import io.trialstream.trainer.workload.ArtifactSink;
import io.trialstream.trainer.workload.EpochMetrics;
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

    private static final String BEST = "best";

    /** Everything about a run that does not change while it trains. */
    record Plan(
            NetworkBlueprint blueprint,
            Split split,
            ImageSet test,
            CnnHyperparameters parameters,
            int epochs,
            long seed,
            boolean retrain) {

        int batchSize() {
            return parameters.batchSize();
        }

        double coarseWeight() {
            return parameters.coarseLabelsWeight();
        }

        long stepsAnEpoch() {
            return (split.train().length + batchSize() - 1) / batchSize();
        }

        double learningRate(long step) {
            return parameters.learningRate() * parameters.schedule().factor(step, stepsAnEpoch() * epochs);
        }
    }

    private final Plan plan;
    private final Engine engine;
    private final EngineRun network;
    private final TrialMemory memory;
    private final Clock clock;
    private final Passes passes;

    private int trained;
    private boolean closed;
    private BatchScore best = BatchScore.none();

    /** @param memory to which this trial's beginning has been told */
    CnnRun(Plan plan, Engine engine, EngineRun network, TrialMemory memory, Clock clock) {
        this.plan = plan;
        this.engine = engine;
        this.memory = memory;
        this.network = network;
        this.passes = new Passes(network);
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

    /** The weights of the best epoch; of a retrain also what its filters look for. */
    @Override
    public void leave(ArtifactSink sink) {
        network.restoreKeptWeights();
        Map<String, Tensor> weights = network.weights();
        sink.put("best-weights.npz", out -> WeightsFile.write(weights, out));
        if (plan.retrain()) {
            memory.within(() -> {
                new FilterImages(engine, plan.blueprint(), weights, Seeds.NOISE.of(plan.seed(), 0)).storeIn(sink);
                return null;
            });
        }
    }

    /** All weights, and what the layers make of the first batch of the selection. */
    @Override
    public Map<String, float[]> distributions() {
        Map<String, float[]> values = new LinkedHashMap<>();
        network.weights().forEach((name, tensor) -> values.put(name, tensor.values()));
        BatchPlan selection = BatchPlan.evaluation(
                plan.split().selectionImages(), plan.split().selection(), plan.batchSize());
        network.activations(selection.batch(0)).forEach((layer, given) -> values.put(layer + "/activations", given));
        return values;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            passes.close();
            network.close();
            memory.trialEnds();
        }
    }

    @Override
    public void save(StateSink state) {
        state.put(BEST, new double[] {
            best.fine().images(), best.fine().lossSum(), best.fine().correct(),
                    best.fine().correctInTop5(),
            best.coarse().images(), best.coarse().lossSum(), best.coarse().correct(),
                    best.coarse().correctInTop5()
        });
        network.save(state);
    }

    /** Data order, flips, crops and dropout of an epoch follow from the seed and its number: they have no state. */
    @Override
    public void restore(int epoch, StateSource state) {
        if (trained != 0 || epoch < 1 || epoch > plan.epochs()) {
            throw new IllegalArgumentException("epoch " + epoch + " of " + plan.epochs() + " after " + trained);
        }
        double[] scores = state.doubles(BEST);
        if (scores.length != 8) {
            throw new IllegalArgumentException("the best epoch has " + scores.length + " scores instead of 8");
        }
        network.restore(state, epoch * plan.stepsAnEpoch());
        best = new BatchScore(score(scores, 0), score(scores, 4));
        trained = epoch;
    }

    private static HeadScore score(double[] values, int from) {
        return new HeadScore((int) values[from], values[from + 1], (int) values[from + 2], (int) values[from + 3]);
    }

    private BatchScore trained(int epoch) {
        network.beginEpoch(Seeds.DROPOUT.of(plan.seed(), epoch));
        BatchPlan batches = BatchPlan.training(
                plan.split().trainImages(),
                plan.split().train(),
                plan.batchSize(),
                plan.parameters().cropPadding(),
                plan.seed(),
                epoch);
        long before = (epoch - 1) * plan.stepsAnEpoch();
        return memory.within(
                () -> passes.train(batches, number -> plan.learningRate(before + number), "epoch " + epoch));
    }

    private BatchScore evaluated(ImageSet images, int[] indices, String where) {
        return memory.within(() -> passes.evaluate(BatchPlan.evaluation(images, indices, plan.batchSize()), where));
    }

    private void keepIfBest(BatchScore selection) {
        if (best.fine().images() == 0
                || selection.fine().accuracy() > best.fine().accuracy()) {
            best = selection;
            network.keepWeights();
        }
    }
}

package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An engine that learns nothing, remembers what it was shown, and scores as a test tells it. */
final class RecordingEngine implements Engine {

    final List<ImageBatch> trained = new ArrayList<>();
    final List<ImageBatch> evaluated = new ArrayList<>();
    final List<Long> epochSeeds = new ArrayList<>();
    final List<String> weights = new ArrayList<>();
    OptimizerSettings optimizer;
    boolean closed;
    Function<ImageBatch, BatchScore> scoring = batch -> score(batch.size(), 1.0, 0);

    static BatchScore score(int images, double lossEach, int correct) {
        HeadScore head = new HeadScore(images, images * lossEach, correct, correct);
        return new BatchScore(head, head);
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public String device() {
        return "memory";
    }

    @Override
    public EngineRun build(NetworkBlueprint blueprint, OptimizerSettings settings, long seed) {
        optimizer = settings;
        return new EngineRun() {
            @Override
            public void beginEpoch(long epochSeed) {
                epochSeeds.add(epochSeed);
            }

            @Override
            public BatchScore train(ImageBatch batch) {
                trained.add(batch);
                return scoring.apply(batch);
            }

            @Override
            public BatchScore evaluate(ImageBatch batch) {
                evaluated.add(batch);
                return scoring.apply(batch);
            }

            @Override
            public void keepWeights() {
                weights.add("kept after " + evaluated.size());
            }

            @Override
            public void restoreKeptWeights() {
                weights.add("restored");
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}

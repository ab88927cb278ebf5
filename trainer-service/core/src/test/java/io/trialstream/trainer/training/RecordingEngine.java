package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An engine that learns nothing, remembers what it was shown, and scores as a test tells it. */
final class RecordingEngine implements Engine {

    final List<ImageBatch> trained = new ArrayList<>();
    final List<ImageBatch> evaluated = new ArrayList<>();
    final List<Long> epochSeeds = new ArrayList<>();
    final List<String> weights = new ArrayList<>();
    TrainingRecipe recipe;
    final List<Double> rates = new ArrayList<>();
    final List<String> restored = new ArrayList<>();
    /** How it takes whole passes on a device, if it does. */
    Optional<DevicePasses> onDevice = Optional.empty();

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
    public EngineRun build(NetworkBlueprint blueprint, TrainingRecipe given, long seed) {
        recipe = given;
        return new EngineRun() {
            @Override
            public void beginEpoch(long epochSeed) {
                epochSeeds.add(epochSeed);
            }

            @Override
            public BatchScore train(ImageBatch batch, double learningRate) {
                rates.add(learningRate);
                trained.add(batch);
                return scoring.apply(batch);
            }

            @Override
            public BatchScore evaluate(ImageBatch batch) {
                evaluated.add(batch);
                return scoring.apply(batch);
            }

            @Override
            public Optional<DevicePasses> onDevice() {
                return onDevice;
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
            public void save(StateSink sink) {
                sink.put("shown", new double[] {trained.size()});
            }

            @Override
            public void restore(StateSource source, long steps) {
                restored.add("after " + steps + " steps, shown " + (int) source.doubles("shown")[0]);
            }

            @Override
            public Map<String, Tensor> weights() {
                return Map.of("head/bias", new Tensor(List.of(1), new float[] {trained.size()}));
            }

            @Override
            public void setWeights(Map<String, Tensor> weights) {
                throw new UnsupportedOperationException("it has no weights");
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}

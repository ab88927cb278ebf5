package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.training.BatchPlan;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.DevicePasses;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A run's passes over images on the device. Keeps each set that it was shown until it is closed. */
final class ResidentPasses implements DevicePasses, AutoCloseable {

    private final LibtorchRun run;
    private final TorchDevice device;
    private final Map<ImageSet, ResidentImages> held = new HashMap<>();
    private final Retained retained = new Retained();
    private final Tensor sums;
    private Optional<DeviceBatches> batches = Optional.empty();
    private int images;

    ResidentPasses(LibtorchRun run, TorchDevice device) {
        this.run = run;
        this.device = device;
        try (PointerScope scope = new PointerScope()) {
            this.sums = retained.keep(Scores.none(device));
        }
    }

    @Override
    public void begin(BatchPlan plan) {
        batches.ifPresent(DeviceBatches::close);
        batches = Optional.empty();
        try {
            ResidentImages resident = held.computeIfAbsent(plan.images(), set -> new ResidentImages(set, device));
            batches = Optional.of(new DeviceBatches(plan, resident, device));
        } catch (RuntimeException e) {
            throw AllocationFailure.toldBy(e);
        }
        try (PointerScope scope = new PointerScope()) {
            sums.zero_();
        }
        images = 0;
    }

    @Override
    public void train(int number, double learningRate) {
        add(number, batch -> run.train(batch, learningRate));
    }

    @Override
    public void evaluate(int number) {
        add(number, run::evaluate);
    }

    private void add(int number, Function<TensorBatch, Tensor> step) {
        try (PointerScope scope = new PointerScope()) {
            TensorBatch batch = batches.orElseThrow(() -> new IllegalStateException("no pass has begun"))
                    .batch(number);
            sums.add_(step.apply(run.placed(batch)));
            images += batch.size();
        } catch (RuntimeException e) {
            throw AllocationFailure.toldBy(e);
        }
    }

    @Override
    public BatchScore score() {
        return Scores.read(sums, images);
    }

    @Override
    public void close() {
        batches.ifPresent(DeviceBatches::close);
        batches = Optional.empty();
        held.values().forEach(ResidentImages::close);
        held.clear();
        retained.close();
    }
}

package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.DevicePasses;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network in training. Everything that a batch allocates outside the heap is freed when the batch is done. */
final class LibtorchRun implements EngineRun {

    /** libtorch's number of the reduction "mean". */
    private static final long MEAN = 1;

    private static final long NO_IGNORED_LABEL = -100;

    private final List<Integer> imageShape;
    private final double labelSmoothing;
    private final TorchDevice device;
    private final ScalarType type;
    private final Precision precision;
    private final Weights weights;
    private final TorchNetwork network;
    private final UpdateRule rule;
    private final MaskSource masks;
    private final RunState state;
    private final Optional<ResidentPasses> passes;
    private long steps;

    /** All weights zero. */
    LibtorchRun(
            NetworkBlueprint blueprint,
            TrainingRecipe recipe,
            TorchDevice device,
            EngineOptions options,
            ScalarType type) {
        this.imageShape = blueprint.inputShape();
        this.labelSmoothing = recipe.labelSmoothing();
        this.device = device;
        this.type = type;
        this.precision = options.precision();
        WeightLayout exact = WeightLayout.of(blueprint, Widths.exact(blueprint));
        WeightLayout layout = options.paddedWidths() ? WeightLayout.of(blueprint, Widths.padded(blueprint)) : exact;
        this.weights = new Weights(layout, device, type);
        this.network = new TorchNetwork(blueprint, weights);
        this.rule = UpdateRule.of(recipe.optimizer(), weights.trained());
        this.masks = MaskSource.on(device);
        this.state = new RunState(weights, rule, exact);
        this.passes = options.imagesOnDevice() ? Optional.of(new ResidentPasses(this, device)) : Optional.empty();
        if (layout.parameters() != blueprint.parameters()) {
            throw new IllegalStateException("libtorch built " + layout.parameters() + " parameters, the blueprint has "
                    + blueprint.parameters());
        }
    }

    @Override
    public void beginEpoch(long seed) {
        masks.begin(seed);
    }

    @Override
    public Optional<DevicePasses> onDevice() {
        return passes.map(DevicePasses.class::cast);
    }

    @Override
    public BatchScore train(ImageBatch batch, double learningRate) {
        return scored(batch, () -> train(placed(batch), learningRate));
    }

    @Override
    public BatchScore evaluate(ImageBatch batch) {
        return scored(batch, () -> evaluate(placed(batch)));
    }

    private static BatchScore scored(ImageBatch batch, Supplier<Tensor> sums) {
        try (PointerScope scope = new PointerScope()) {
            return Scores.read(sums.get(), batch.size());
        } catch (RuntimeException e) {
            throw AllocationFailure.toldBy(e);
        }
    }

    /** Takes a step and gives the batch's {@link Scores}. Within a scope. */
    Tensor train(TensorBatch batch, double learningRate) {
        Tensor sums = differentiate(batch);
        steps++;
        rule.step(weights.trained(), weights.gradients(), steps, learningRate);
        return sums;
    }

    /** Gives the batch's {@link Scores}. Within a scope. */
    Tensor evaluate(TensorBatch batch) {
        return withoutRecording(() -> Scores.of(logits(batch, MaskSource.INFERENCE), batch));
    }

    /** Leaves the slope of the loss, penalties included, in the buffer of gradients. Within a scope. */
    Tensor differentiate(TensorBatch batch) {
        weights.clearGradients();
        List<Tensor> logits = logits(batch, masks.training());
        masks.next();
        Tensor sums = Scores.of(logits, batch);
        Tensor loss = loss(0, logits, batch.fine());
        loss.add_(loss(1, logits, batch.coarse()));
        loss.backward();
        weights.addPenalties();
        return sums;
    }

    private List<Tensor> logits(TensorBatch batch, Pass pass) {
        return precision.logits(device, () -> network.logits(batch.images(), pass));
    }

    private Tensor loss(int head, List<Tensor> logits, Tensor labels) {
        return torch.cross_entropy_loss(
                        logits.get(head), labels, new TensorOptional(), MEAN, NO_IGNORED_LABEL, labelSmoothing)
                .mul(new Scalar(network.heads().get(head).lossWeight()));
    }

    /** The batch on the device. Within a scope. */
    TensorBatch placed(ImageBatch batch) {
        Tensor pixels =
                Tensor.create(batch.pixels(), batch.size(), imageShape.get(0), imageShape.get(1), imageShape.get(2));
        return placed(new TensorBatch(pixels, labels(batch.fine()), labels(batch.coarse())));
    }

    private Tensor labels(int[] labels) {
        return device.place(Tensor.create(Arrays.stream(labels).asLongStream().toArray()), ScalarType.Long);
    }

    /** With the images as the network takes them. Within a scope. */
    TensorBatch placed(TensorBatch batch) {
        return new TensorBatch(
                device.place(batch.images(), type).contiguous(MemoryFormat.ChannelsLast), batch.fine(), batch.coarse());
    }

    @Override
    public Map<String, float[]> activations(ImageBatch batch) {
        Map<String, float[]> activations = new LinkedHashMap<>();
        Set<String> headNames =
                network.heads().stream().map(BlueprintLayer.Head::name).collect(Collectors.toSet());
        try (PointerScope scope = new PointerScope()) {
            BiConsumer<String, Tensor> seen = (layer, padded) -> {
                Tensor output = weights.layout().widths().of(layer).exact(padded);
                activations.put(layer, TensorValues.read(headNames.contains(layer) ? output.softmax(1) : output));
            };
            withoutRecording(() -> precision.lowered(
                    device, () -> network.outputs(placed(batch).images(), MaskSource.INFERENCE, seen)));
        }
        return activations;
    }

    /** Without what a backward pass would need. */
    private static <T> T withoutRecording(Supplier<T> work) {
        boolean recording = GradMode.is_enabled();
        GradMode.set_enabled(false);
        try {
            return work.get();
        } finally {
            GradMode.set_enabled(recording);
        }
    }

    @Override
    public void keepWeights() {
        state.keepWeights();
    }

    @Override
    public void restoreKeptWeights() {
        state.restoreKeptWeights();
    }

    @Override
    public void save(StateSink sink) {
        state.save(sink);
    }

    @Override
    public void restore(StateSource source, long stepsTaken) {
        state.restore(source);
        steps = stepsTaken;
    }

    /** What the next step depends on. */
    RunState state() {
        return state;
    }

    /** The weights and, after {@link #differentiate}, their slopes. */
    Weights buffers() {
        return weights;
    }

    @Override
    public Map<String, io.trialstream.trainer.training.Tensor> weights() {
        return weights.export();
    }

    @Override
    public void setWeights(Map<String, io.trialstream.trainer.training.Tensor> given) {
        weights.take(given);
    }

    /** The slopes that {@link #differentiate} left, as {@link #weights} gives the weights. */
    Map<String, io.trialstream.trainer.training.Tensor> gradients() {
        return weights.exportGradients();
    }

    @Override
    public void close() {
        passes.ifPresent(ResidentPasses::close);
        state.close();
        masks.close();
        rule.close();
        weights.close();
    }
}

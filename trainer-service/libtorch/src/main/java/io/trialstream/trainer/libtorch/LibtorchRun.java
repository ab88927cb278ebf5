package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.HeadScore;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final String RUNNING = "running";
    private static final String KEPT = "kept";
    private static final String KEPT_RUNNING = "kept-running";

    private final List<Integer> imageShape;
    private final double labelSmoothing;
    private final TorchDevice device;
    private final ScalarType type;
    private final Weights weights;
    /** As checkpoints hold weights and what belongs to them: without padding, so that any run of the engine reads them. */
    private final WeightLayout saved;

    private final TorchNetwork network;
    private final UpdateRule rule;
    private final MaskSource masks;
    private final Retained keptTensors = new Retained();
    private List<Tensor> kept = List.of();
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
        Widths exact = Widths.exact(blueprint);
        Widths widths = options.paddedWidths() ? Widths.padded(blueprint) : exact;
        this.weights = new Weights(WeightLayout.of(blueprint, widths), device, type);
        this.saved = options.paddedWidths() ? WeightLayout.of(blueprint, exact) : weights.layout();
        this.network = new TorchNetwork(blueprint, weights);
        this.rule = UpdateRule.of(recipe.optimizer(), weights.trained());
        this.masks = new MaskSource(device);
        if (weights.layout().parameters() != blueprint.parameters()) {
            throw new IllegalStateException("libtorch built " + weights.layout().parameters()
                    + " parameters, the blueprint has " + blueprint.parameters());
        }
    }

    @Override
    public void beginEpoch(long seed) {
        masks.begin(seed);
    }

    @Override
    public BatchScore train(ImageBatch batch, double learningRate) {
        try (PointerScope scope = new PointerScope()) {
            BatchScore score = differentiate(batch);
            steps++;
            rule.step(weights.trained(), weights.gradients(), steps, learningRate);
            return score;
        } catch (RuntimeException e) {
            throw AllocationFailure.toldBy(e);
        }
    }

    /** Leaves the slope of the loss, penalties included, in the buffer of gradients. Within a scope. */
    BatchScore differentiate(ImageBatch batch) {
        weights.clearGradients();
        BatchScore score = backward(batch);
        weights.addPenalties();
        return score;
    }

    private BatchScore backward(ImageBatch batch) {
        List<Tensor> logits = network.logits(images(batch), masks.training());
        masks.next();
        BatchScore score = score(logits, batch);
        Tensor fine = loss(0, logits, batch.fine());
        fine.add_(loss(1, logits, batch.coarse()));
        fine.backward();
        return score;
    }

    private Tensor loss(int head, List<Tensor> logits, int[] labels) {
        BlueprintLayer.Head layer = network.heads().get(head);
        Tensor wanted =
                device.place(Tensor.create(Arrays.stream(labels).asLongStream().toArray()), ScalarType.Long);
        return torch.cross_entropy_loss(
                        logits.get(head), wanted, new TensorOptional(), MEAN, NO_IGNORED_LABEL, labelSmoothing)
                .mul(new Scalar(layer.lossWeight()));
    }

    @Override
    public BatchScore evaluate(ImageBatch batch) {
        boolean recording = GradMode.is_enabled();
        GradMode.set_enabled(false);
        try (PointerScope scope = new PointerScope()) {
            return score(network.logits(images(batch), masks.inference()), batch);
        } catch (RuntimeException e) {
            throw AllocationFailure.toldBy(e);
        } finally {
            GradMode.set_enabled(recording);
        }
    }

    private BatchScore score(List<Tensor> logits, ImageBatch batch) {
        return new BatchScore(score(0, logits, batch.fine()), score(1, logits, batch.coarse()));
    }

    private HeadScore score(int head, List<Tensor> logits, int[] labels) {
        float[] probabilities = TensorValues.read(logits.get(head).detach().softmax(1));
        return HeadScore.of(probabilities, labels, network.heads().get(head).units());
    }

    private Tensor images(ImageBatch batch) {
        Tensor pixels =
                Tensor.create(batch.pixels(), batch.size(), imageShape.get(0), imageShape.get(1), imageShape.get(2));
        return device.place(pixels, type).contiguous(MemoryFormat.ChannelsLast);
    }

    @Override
    public Map<String, float[]> activations(ImageBatch batch) {
        Map<String, float[]> activations = new LinkedHashMap<>();
        Set<String> headNames =
                network.heads().stream().map(BlueprintLayer.Head::name).collect(Collectors.toSet());
        boolean recording = GradMode.is_enabled();
        GradMode.set_enabled(false);
        try (PointerScope scope = new PointerScope()) {
            network.outputs(images(batch), masks.inference(), (layer, padded) -> {
                Tensor output = weights.layout().widths().of(layer).exact(padded);
                activations.put(layer, TensorValues.read(headNames.contains(layer) ? output.softmax(1) : output));
            });
        } finally {
            GradMode.set_enabled(recording);
        }
        return activations;
    }

    @Override
    public void keepWeights() {
        try (PointerScope scope = new PointerScope()) {
            makeRoomToKeep();
            kept.get(0).copy_(weights.trained());
            kept.get(1).copy_(weights.running());
        }
    }

    private void makeRoomToKeep() {
        if (kept.isEmpty()) {
            kept = List.of(
                    keptTensors.keep(torch.empty_like(weights.trained())),
                    keptTensors.keep(torch.empty_like(weights.running())));
        }
    }

    @Override
    public void restoreKeptWeights() {
        if (kept.isEmpty()) {
            throw new IllegalStateException("no weights were kept");
        }
        try (PointerScope scope = new PointerScope()) {
            weights.trained().copy_(kept.get(0));
            weights.running().copy_(kept.get(1));
        }
    }

    @Override
    public void save(StateSink sink) {
        state().forEach((name, vector) -> put(name, vector, sink));
        keptState().forEach((name, vector) -> put(name, vector, sink));
    }

    private void put(String name, Tensor vector, StateSink sink) {
        sink.put(name, weights.layout().rearranged(TensorValues.read(vector), isTrained(name), saved));
    }

    @Override
    public void restore(StateSource source, long stepsTaken) {
        Map<String, Tensor> vectors = state();
        Map<String, float[]> values = new LinkedHashMap<>();
        vectors.keySet().forEach(name -> values.put(name, fitting(source, name)));
        if (source.has(KEPT)) {
            values.put(KEPT, fitting(source, KEPT));
            values.put(KEPT_RUNNING, fitting(source, KEPT_RUNNING));
            try (PointerScope scope = new PointerScope()) {
                makeRoomToKeep();
            }
            vectors.putAll(keptState());
        }
        values.forEach((name, array) -> TensorValues.write(array, vectors.get(name)));
        steps = stepsTaken;
    }

    private float[] fitting(StateSource source, String name) {
        float[] values = source.floats(name);
        long length = saved.length(isTrained(name));
        if (values.length != length) {
            throw new IllegalArgumentException(name + " has " + values.length + " values, the network needs " + length);
        }
        return saved.rearranged(values, isTrained(name), weights.layout());
    }

    private static boolean isTrained(String name) {
        return !name.equals(RUNNING) && !name.equals(KEPT_RUNNING);
    }

    /** What the next step depends on, by its name in a checkpoint, as wide as the network is. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("weights", weights.trained());
        state.put(RUNNING, weights.running());
        for (int i = 0; i < rule.moments().size(); i++) {
            state.put("moment" + (i + 1), rule.moments().get(i));
        }
        return state;
    }

    private Map<String, Tensor> keptState() {
        return kept.isEmpty() ? Map.of() : Map.of(KEPT, kept.get(0), KEPT_RUNNING, kept.get(1));
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
        keptTensors.close();
        rule.close();
        weights.close();
    }
}

package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a run's next step depends on, and the weights that it keeps as its best. In checkpoints they are without padding,
 * whatever the network's own widths, so that every run of this engine can go on from them. Used by one thread at a time.
 */
final class RunState implements AutoCloseable {

    private static final String RUNNING = "running";
    private static final String KEPT = "kept";
    private static final String KEPT_RUNNING = "kept-running";

    private final Weights weights;
    private final UpdateRule rule;
    private final WeightLayout saved;
    private final Retained keptTensors = new Retained();
    private List<Tensor> kept = List.of();

    /** @param saved the network's layout without padding */
    RunState(Weights weights, UpdateRule rule, WeightLayout saved) {
        this.weights = weights;
        this.rule = rule;
        this.saved = saved;
    }

    void keepWeights() {
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

    void restoreKeptWeights() {
        if (kept.isEmpty()) {
            throw new IllegalStateException("no weights were kept");
        }
        try (PointerScope scope = new PointerScope()) {
            weights.trained().copy_(kept.get(0));
            weights.running().copy_(kept.get(1));
        }
    }

    void save(StateSink sink) {
        vectors().forEach((name, vector) -> put(name, vector, sink));
        keptVectors().forEach((name, vector) -> put(name, vector, sink));
    }

    private void put(String name, Tensor vector, StateSink sink) {
        sink.put(name, weights.layout().rearranged(TensorValues.read(vector), isTrained(name), saved));
    }

    /** @throws IllegalArgumentException if it does not fit; nothing has changed then */
    void restore(StateSource source) {
        Map<String, Tensor> vectors = vectors();
        Map<String, float[]> values = new LinkedHashMap<>();
        vectors.keySet().forEach(name -> values.put(name, fitting(source, name)));
        if (source.has(KEPT)) {
            values.put(KEPT, fitting(source, KEPT));
            values.put(KEPT_RUNNING, fitting(source, KEPT_RUNNING));
            try (PointerScope scope = new PointerScope()) {
                makeRoomToKeep();
            }
            vectors.putAll(keptVectors());
        }
        values.forEach((name, array) -> TensorValues.write(array, vectors.get(name)));
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
    Map<String, Tensor> vectors() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("weights", weights.trained());
        state.put(RUNNING, weights.running());
        for (int i = 0; i < rule.moments().size(); i++) {
            state.put("moment" + (i + 1), rule.moments().get(i));
        }
        return state;
    }

    private Map<String, Tensor> keptVectors() {
        return kept.isEmpty() ? Map.of() : Map.of(KEPT, kept.get(0), KEPT_RUNNING, kept.get(1));
    }

    @Override
    public void close() {
        keptTensors.close();
    }
}

package io.trialstream.trainer.libtorch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network's weights and their gradients: flat buffers after a {@link WeightLayout}, and for each slot a view in the
 * shape that libtorch's operations take. Gradients of the views accumulate in the buffer of gradients. Used by one
 * thread at a time.
 */
final class Weights implements AutoCloseable {

    private final WeightLayout layout;
    private final Retained retained = new Retained();
    private final Map<String, Tensor> views = new HashMap<>();
    private final Tensor trained;
    private final Tensor gradients;
    private final Tensor running;

    /** All zero. */
    Weights(WeightLayout layout, TorchDevice device, ScalarType type) {
        this.layout = layout;
        try (PointerScope scope = new PointerScope()) {
            this.trained = retained.keep(device.zeros(layout.length(true), type));
            this.gradients = retained.keep(device.zeros(layout.length(true), type));
            this.running = retained.keep(device.zeros(layout.length(false), type));
            layout.slots().forEach(this::addView);
        }
    }

    private void addView(WeightSlot slot) {
        if (slot.role().isTrained()) {
            Tensor view = retained.keep(view(trained, slot).detach());
            view.set_requires_grad(true);
            view.mutable_grad().put(view(gradients, slot));
            views.put(slot.key(), view);
        } else {
            views.put(slot.key(), retained.keep(view(running, slot)));
        }
    }

    private static Tensor view(Tensor buffer, WeightSlot slot) {
        Tensor flat = buffer.narrow(0, slot.offset(), slot.length());
        if (slot.isConvolution()) {
            long edge = slot.shape().get(2);
            return flat.view(slot.out().width(), edge, edge, slot.in().width()).permute(0, 3, 1, 2);
        }
        return slot.role() == WeightRole.KERNEL
                ? flat.view(slot.out().width(), slot.in().width())
                : flat;
    }

    /** A layer's array, as wide as its layout has it: kernels as {@code [out, in, height, width]} and {@code [out, in]}. */
    Tensor of(String layer, WeightRole role) {
        Tensor view = views.get(role.key(layer));
        if (view == null) {
            throw new IllegalArgumentException("no weights are named " + role.key(layer));
        }
        return view;
    }

    WeightLayout layout() {
        return layout;
    }

    /** All trained weights. */
    Tensor trained() {
        return trained;
    }

    /** The gradient of all trained weights, in their order. */
    Tensor gradients() {
        return gradients;
    }

    /** All running statistics. */
    Tensor running() {
        return running;
    }

    void clearGradients() {
        gradients.zero_();
    }

    /** Adds the slope of the penalties, 2 l2 w, to the gradient. */
    void addPenalties() {
        for (WeightLayout.Penalty penalty : layout.penalties()) {
            gradients
                    .narrow(0, penalty.offset(), penalty.length())
                    .add_(trained.narrow(0, penalty.offset(), penalty.length()), new Scalar(2 * penalty.l2()));
        }
    }

    /** Copies of all arrays, in the shapes that {@link WeightRole} tells. */
    Map<String, io.trialstream.trainer.training.Tensor> export() {
        return layout.export(TensorValues.read(trained), TensorValues.read(running));
    }

    /** As {@link #export}, of the gradients; running statistics have none. */
    Map<String, io.trialstream.trainer.training.Tensor> exportGradients() {
        Map<String, io.trialstream.trainer.training.Tensor> exported =
                layout.export(TensorValues.read(gradients), new float[Math.toIntExact(layout.length(false))]);
        layout.slots().stream().filter(slot -> !slot.role().isTrained()).forEach(slot -> exported.remove(slot.key()));
        return exported;
    }

    /**
     * Sets all arrays.
     *
     * @throws IllegalArgumentException if one is missing, unknown or of another shape
     */
    void take(Map<String, io.trialstream.trainer.training.Tensor> arrays) {
        float[] trainedValues = new float[Math.toIntExact(layout.length(true))];
        float[] runningValues = new float[Math.toIntExact(layout.length(false))];
        layout.fill(arrays, trainedValues, runningValues);
        TensorValues.write(trainedValues, trained);
        TensorValues.write(runningValues, running);
    }

    @Override
    public void close() {
        views.clear();
        retained.close();
    }
}

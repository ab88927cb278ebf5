package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.training.FilterProbe;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network without heads, whose last layer's channels are differentiated with respect to the images. */
final class LibtorchProbe implements FilterProbe {

    private final List<Integer> imageShape;
    private final String last;
    private final TorchDevice device;
    private final Weights weights;
    private final TorchNetwork network;

    LibtorchProbe(
            NetworkBlueprint blueprint, Map<String, io.trialstream.trainer.training.Tensor> given, TorchDevice device) {
        this.imageShape = blueprint.inputShape();
        this.last = blueprint.layers().get(blueprint.layers().size() - 1).name();
        this.device = device;
        this.weights = new Weights(WeightLayout.of(blueprint, Widths.exact(blueprint)), device, ScalarType.Float);
        weights.take(given);
        this.network = new TorchNetwork(blueprint, weights);
    }

    @Override
    public Answer ask(float[] images, int[] channels) {
        try (PointerScope scope = new PointerScope()) {
            Tensor input = device.place(
                    Tensor.create(images, channels.length, imageShape.get(0), imageShape.get(1), imageShape.get(2)),
                    ScalarType.Float);
            input.set_requires_grad(true);
            Tensor means =
                    network.outputs(input, MaskSource.INFERENCE).get(last).mean(2, 3);
            TensorVector asked = new TensorVector();
            for (int image = 0; image < channels.length; image++) {
                asked.push_back(means.select(0, image).select(0, channels[image]));
            }
            Tensor values = torch.stack(asked);
            values.sum().backward();
            return new Answer(TensorValues.read(values), TensorValues.read(input.grad()));
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}

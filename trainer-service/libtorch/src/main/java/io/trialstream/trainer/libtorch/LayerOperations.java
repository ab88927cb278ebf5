package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Blueprint layers in libtorch's terms. Heads give logits: their softmax is part of the loss. */
final class LayerOperations {

    /** Keras's batch normalisation: momentum 0.99, which libtorch counts from the other end, and epsilon. */
    private static final double BATCH_NORM_UPDATE = 0.01;

    private static final double BATCH_NORM_EPSILON = 1e-3;
    /** SELU's value for small inputs, -scale alpha. */
    private static final double SELU_LIMIT = -1.7580993408473766;

    private static final long[] NO_DILATION = {1, 1};

    private final NetworkBlueprint blueprint;
    private final Weights weights;

    LayerOperations(NetworkBlueprint blueprint, Weights weights) {
        this.blueprint = blueprint;
        this.weights = weights;
    }

    /** @param number of the layer in the blueprint */
    LayerOperation of(BlueprintLayer layer, int number) {
        if (layer instanceof BlueprintLayer.Convolution convolution) {
            return convolution(convolution);
        } else if (layer instanceof BlueprintLayer.BatchNormalization) {
            return batchNormalization(layer.name());
        } else if (layer instanceof BlueprintLayer.Pooling pooling) {
            return pooling(pooling);
        } else if (layer instanceof BlueprintLayer.Dropout dropout) {
            return dropout(dropout, number);
        } else if (layer instanceof BlueprintLayer.Add) {
            return addition(layer);
        } else if (layer instanceof BlueprintLayer.Concatenate) {
            return (inputs, pass) -> torch.cat(new TensorVector(inputs.toArray(Tensor[]::new)), 1);
        } else if (layer instanceof BlueprintLayer.Flatten) {
            return (inputs, pass) -> inputs.get(0).flatten(1, -1);
        } else if (layer instanceof BlueprintLayer.Dense dense) {
            return dense(layer.name(), dense.activation());
        } else if (layer instanceof BlueprintLayer.Head) {
            return dense(layer.name(), Activation.LINEAR);
        }
        throw new IllegalArgumentException("libtorch has no translation of " + layer);
    }

    private LayerOperation dropout(BlueprintLayer.Dropout layer, int number) {
        double rate = layer.rate();
        Channels channels = weights.layout().widths().of(layer.name());
        if (!layer.alpha()) {
            return (inputs, pass) -> pass.training()
                    ? inputs.get(0).mul(pass.mask(inputs.get(0), channels, number, rate, 1 / (1 - rate)))
                    : inputs.get(0);
        }
        // a (x kept + p (1 - kept)) + b = (x - p) a kept + (a p + b)
        double p = SELU_LIMIT;
        double a = 1 / Math.sqrt((1 - rate) * (1 + rate * p * p));
        double shift = a * p - a * rate * p;
        return (inputs, pass) -> pass.training()
                ? shifted(
                        inputs.get(0).sub(new Scalar(p)).mul(pass.mask(inputs.get(0), channels, number, rate, a)),
                        channels,
                        shift)
                : inputs.get(0);
    }

    /** In place; what pads the channels stays zero. */
    private static Tensor shifted(Tensor batch, Channels channels, double shift) {
        if (!channels.isPadded()) {
            return batch.add_(new Scalar(shift));
        }
        long[] sizes = new long[Math.toIntExact(batch.dim())];
        Arrays.fill(sizes, 1);
        sizes[1] = channels.count();
        return batch.add_(channels.padded(torch.full(sizes, new Scalar(shift), batch.options())));
    }

    private LayerOperation convolution(BlueprintLayer.Convolution layer) {
        Tensor kernel = weights.of(layer.name(), WeightRole.KERNEL);
        Tensor bias = weights.of(layer.name(), WeightRole.BIAS);
        List<Integer> map = blueprint.layer(layer.inputs().get(0)).outputShape();
        Padding height = Padding.same(map.get(1), layer.kernel(), layer.stride());
        Padding width = Padding.same(map.get(2), layer.kernel(), layer.stride());
        boolean even = height.isEven() && width.isEven();
        long[] padding = even ? new long[] {height.before(), width.before()} : new long[] {0, 0};
        long[] stride = {layer.stride(), layer.stride()};
        return (inputs, pass) -> {
            Tensor from = even ? inputs.get(0) : height.around(inputs.get(0), width);
            return activated(
                    torch.conv2d(from, kernel, new TensorOptional(bias), stride, padding, NO_DILATION, 1),
                    layer.activation());
        };
    }

    private LayerOperation batchNormalization(String layer) {
        Tensor gamma = weights.of(layer, WeightRole.GAMMA);
        Tensor beta = weights.of(layer, WeightRole.BETA);
        Tensor mean = weights.of(layer, WeightRole.MEAN);
        Tensor variance = weights.of(layer, WeightRole.VARIANCE);
        return (inputs, pass) -> torch.batch_norm(
                inputs.get(0),
                new TensorOptional(gamma),
                new TensorOptional(beta),
                new TensorOptional(mean),
                new TensorOptional(variance),
                pass.training(),
                BATCH_NORM_UPDATE,
                BATCH_NORM_EPSILON,
                true);
    }

    /** Padding never takes part: maxima ignore it, means are over the values that are there. */
    private LayerOperation pooling(BlueprintLayer.Pooling layer) {
        List<Integer> map = blueprint.layer(layer.inputs().get(0)).outputShape();
        Padding height =
                layer.samePadding() ? Padding.same(map.get(1), layer.kernel(), layer.stride()) : new Padding(0, 0);
        Padding width =
                layer.samePadding() ? Padding.same(map.get(2), layer.kernel(), layer.stride()) : new Padding(0, 0);
        long[] kernel = {layer.kernel(), layer.kernel()};
        long[] stride = {layer.stride(), layer.stride()};
        long[] padding = {height.before(), width.before()};
        // In ceil mode libtorch adds what the last window lacks behind the map: the odd zero.
        boolean ceil = layer.samePadding();
        return layer.kind() == BlueprintLayer.Pooling.Kind.MAX
                ? (inputs, pass) -> torch.max_pool2d(inputs.get(0), kernel, stride, padding, NO_DILATION, ceil)
                : (inputs, pass) ->
                        torch.avg_pool2d(inputs.get(0), kernel, stride, padding, ceil, false, new LongOptional());
    }

    /** In place where nothing else needs the first input: a linear layer's output, and this its only reader. */
    private LayerOperation addition(BlueprintLayer layer) {
        String first = layer.inputs().get(0);
        boolean linear = blueprint.layer(first) instanceof BlueprintLayer.Convolution convolution
                && convolution.activation() == Activation.LINEAR;
        long readers = blueprint.layers().stream()
                .flatMap(reader -> reader.inputs().stream())
                .filter(first::equals)
                .count();
        if (linear && readers == 1) {
            return (inputs, pass) -> {
                inputs.get(0).add_(inputs.get(1));
                return inputs.get(0);
            };
        }
        return (inputs, pass) -> inputs.get(0).add(inputs.get(1));
    }

    private LayerOperation dense(String layer, Activation activation) {
        Tensor kernel = weights.of(layer, WeightRole.KERNEL);
        Tensor bias = weights.of(layer, WeightRole.BIAS);
        return (inputs, pass) -> activated(torch.linear(inputs.get(0), kernel, new TensorOptional(bias)), activation);
    }

    /** In place: the linear output is needed no more, since these slopes follow from the activated one. */
    private static Tensor activated(Tensor linear, Activation activation) {
        switch (activation) {
            case RELU -> torch.relu_(linear);
            case ELU -> torch.elu_(linear);
            case SELU -> torch.selu_(linear);
            case LINEAR -> {}
            default -> throw new IllegalArgumentException("libtorch has no translation of " + activation);
        }
        return linear;
    }
}

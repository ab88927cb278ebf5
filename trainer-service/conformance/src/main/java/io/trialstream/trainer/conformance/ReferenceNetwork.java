package io.trialstream.trainer.conformance;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A blueprint's forward pass and loss straight from the definitions, in double precision, one value after the other:
 * slow, and meant to be read. Dropout is left out. Weights are as {@link
 * io.trialstream.trainer.training.EngineRun#weights()} gives them.
 */
public final class ReferenceNetwork {

    private static final double BATCH_NORM_EPSILON = 1e-3;

    private final NetworkBlueprint blueprint;
    private final Map<String, double[]> weights = new HashMap<>();

    /** Copies the weights. */
    public ReferenceNetwork(NetworkBlueprint blueprint, Map<String, Tensor> weights) {
        this.blueprint = blueprint;
        weights.forEach((name, array) -> {
            double[] values = new double[array.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = array.values()[i];
            }
            this.weights.put(name, values);
        });
    }

    /** An array's values; changes of them count from the next pass on. */
    public double[] weights(String name) {
        return weights.get(name);
    }

    /**
     * Probabilities of each head.
     *
     * @param training whether batch normalisation uses the batch's own statistics
     * @return by the head's name, then {@code [image][class]}
     */
    public Map<String, double[][]> probabilities(ImageBatch batch, boolean training) {
        Map<String, double[][]> outputs = new HashMap<>();
        Map<String, double[][]> heads = new HashMap<>();
        for (BlueprintLayer layer : blueprint.layers()) {
            double[][] output = layer instanceof BlueprintLayer.Input
                    ? images(batch)
                    : apply(layer, layer.inputs().stream().map(outputs::get).toList(), training);
            outputs.put(layer.name(), output);
            if (layer instanceof BlueprintLayer.Head) {
                heads.put(layer.name(), output);
            }
        }
        return heads;
    }

    /** Mean cross-entropies, weighted, and the L2 penalties: what training makes smaller. */
    public double loss(ImageBatch batch) {
        Map<String, double[][]> probabilities = probabilities(batch, true);
        double loss = 0;
        int[] labels = batch.fine();
        for (BlueprintLayer layer : blueprint.layers()) {
            if (layer instanceof BlueprintLayer.Head head) {
                loss += head.lossWeight() * crossEntropy(probabilities.get(head.name()), labels);
                labels = batch.coarse();
            }
            loss += penalty(layer);
        }
        return loss;
    }

    private static double crossEntropy(double[][] probabilities, int[] labels) {
        double sum = 0;
        for (int image = 0; image < labels.length; image++) {
            sum -= Math.log(probabilities[image][labels[image]]);
        }
        return sum / labels.length;
    }

    private double penalty(BlueprintLayer layer) {
        double l2 = layer instanceof BlueprintLayer.Convolution convolution
                ? convolution.l2()
                : layer instanceof BlueprintLayer.Dense dense
                        ? dense.l2()
                        : layer instanceof BlueprintLayer.Head head ? head.l2() : 0;
        double squares = 0;
        if (l2 > 0) {
            for (double weight : values(layer, "kernel")) {
                squares += weight * weight;
            }
        }
        return l2 * squares;
    }

    private static double[][] images(ImageBatch batch) {
        int pixels = batch.pixels().length / batch.size();
        double[][] images = new double[batch.size()][pixels];
        for (int image = 0; image < images.length; image++) {
            for (int i = 0; i < pixels; i++) {
                images[image][i] = batch.pixels()[image * pixels + i];
            }
        }
        return images;
    }

    private double[][] apply(BlueprintLayer layer, List<double[][]> inputs, boolean training) {
        if (layer instanceof BlueprintLayer.BatchNormalization) {
            return normalised(layer, inputs.get(0), training);
        }
        double[][] outputs = new double[inputs.get(0).length][];
        for (int image = 0; image < outputs.length; image++) {
            double[] first = inputs.get(0)[image];
            if (layer instanceof BlueprintLayer.Convolution convolution) {
                outputs[image] = convolved(convolution, first);
            } else if (layer instanceof BlueprintLayer.Pooling pooling) {
                outputs[image] = pooled(pooling, first);
            } else if (layer instanceof BlueprintLayer.Add) {
                outputs[image] = sum(first, inputs.get(1)[image]);
            } else if (layer instanceof BlueprintLayer.Concatenate) {
                outputs[image] = concatenated(inputs, image);
            } else if (layer instanceof BlueprintLayer.Dense dense) {
                outputs[image] = activated(dense(layer, first), dense.activation());
            } else if (layer instanceof BlueprintLayer.Head) {
                outputs[image] = softmax(dense(layer, first));
            } else {
                outputs[image] = first;
            }
        }
        return outputs;
    }

    private double[] convolved(BlueprintLayer.Convolution layer, double[] map) {
        List<Integer> from = shapeOfInput(layer);
        List<Integer> to = layer.outputShape();
        Window window = Window.same(from, layer.kernel(), layer.stride());
        double[] kernel = values(layer, "kernel");
        double[] bias = values(layer, "bias");
        double[] output = new double[size(to)];
        for (int filter = 0; filter < to.get(0); filter++) {
            for (int row = 0; row < to.get(1); row++) {
                for (int column = 0; column < to.get(2); column++) {
                    double sum = bias[filter];
                    for (int channel = 0; channel < from.get(0); channel++) {
                        for (int i = 0; i < layer.kernel() * layer.kernel(); i++) {
                            int place = window.place(channel, row, column, i);
                            int weight = (filter * from.get(0) + channel) * layer.kernel() * layer.kernel() + i;
                            sum += place < 0 ? 0 : map[place] * kernel[weight];
                        }
                    }
                    output[(filter * to.get(1) + row) * to.get(2) + column] = sum;
                }
            }
        }
        return activated(output, layer.activation());
    }

    private double[] pooled(BlueprintLayer.Pooling layer, double[] map) {
        List<Integer> from = shapeOfInput(layer);
        List<Integer> to = layer.outputShape();
        Window window = layer.samePadding()
                ? Window.same(from, layer.kernel(), layer.stride())
                : Window.whole(from, layer.kernel(), layer.stride());
        double[] output = new double[size(to)];
        for (int i = 0; i < output.length; i++) {
            int column = i % to.get(2);
            int row = i / to.get(2) % to.get(1);
            int channel = i / to.get(2) / to.get(1);
            double max = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int count = 0;
            for (int j = 0; j < layer.kernel() * layer.kernel(); j++) {
                int place = window.place(channel, row, column, j);
                if (place >= 0) {
                    max = Math.max(max, map[place]);
                    sum += map[place];
                    count++;
                }
            }
            output[i] = layer.kind() == BlueprintLayer.Pooling.Kind.MAX ? max : sum / count;
        }
        return output;
    }

    private double[][] normalised(BlueprintLayer layer, double[][] maps, boolean training) {
        int channels = layer.outputShape().get(0);
        int area = maps[0].length / channels;
        double[][] outputs = new double[maps.length][maps[0].length];
        for (int channel = 0; channel < channels; channel++) {
            double mean = values(layer, "mean")[channel];
            double variance = values(layer, "variance")[channel];
            if (training) {
                mean = moment(maps, channel * area, area, 0, 1);
                variance = moment(maps, channel * area, area, mean, 2);
            }
            double scale = values(layer, "gamma")[channel] / Math.sqrt(variance + BATCH_NORM_EPSILON);
            for (int image = 0; image < maps.length; image++) {
                for (int i = channel * area; i < (channel + 1) * area; i++) {
                    outputs[image][i] = (maps[image][i] - mean) * scale + values(layer, "beta")[channel];
                }
            }
        }
        return outputs;
    }

    private static double moment(double[][] maps, int from, int length, double center, int power) {
        double sum = 0;
        for (double[] map : maps) {
            for (int i = from; i < from + length; i++) {
                sum += Math.pow(map[i] - center, power);
            }
        }
        return sum / (maps.length * length);
    }

    private double[] dense(BlueprintLayer layer, double[] input) {
        double[] kernel = values(layer, "kernel");
        double[] bias = values(layer, "bias");
        double[] output = new double[bias.length];
        for (int unit = 0; unit < output.length; unit++) {
            output[unit] = bias[unit];
            for (int i = 0; i < input.length; i++) {
                output[unit] += input[i] * kernel[i * output.length + unit];
            }
        }
        return output;
    }

    private static double[] sum(double[] left, double[] right) {
        double[] sum = left.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += right[i];
        }
        return sum;
    }

    private static double[] concatenated(List<double[][]> inputs, int image) {
        return inputs.stream()
                .flatMapToDouble(maps -> java.util.Arrays.stream(maps[image]))
                .toArray();
    }

    private static double[] softmax(double[] logits) {
        double max = java.util.Arrays.stream(logits).max().orElseThrow();
        double[] exponentials =
                java.util.Arrays.stream(logits).map(x -> Math.exp(x - max)).toArray();
        double sum = java.util.Arrays.stream(exponentials).sum();
        return java.util.Arrays.stream(exponentials).map(x -> x / sum).toArray();
    }

    private static double[] activated(double[] values, Activation activation) {
        return java.util.Arrays.stream(values)
                .map(x -> switch (activation) {
                    case LINEAR, SOFTMAX -> x;
                    case RELU -> Math.max(0, x);
                    case ELU -> x > 0 ? x : Math.exp(x) - 1;
                    case SELU -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));
                })
                .toArray();
    }

    private List<Integer> shapeOfInput(BlueprintLayer layer) {
        return blueprint.layer(layer.inputs().get(0)).outputShape();
    }

    private double[] values(BlueprintLayer layer, String role) {
        return weights.get(layer.name() + "/" + role);
    }

    private static int size(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}

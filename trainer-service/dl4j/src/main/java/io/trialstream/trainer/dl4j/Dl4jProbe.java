package io.trialstream.trainer.dl4j;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.training.FilterProbe;
import io.trialstream.trainer.training.Tensor;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A computation graph without heads, whose last layer is given the errors to pass back. */
final class Dl4jProbe implements FilterProbe {
    private final ComputationGraph graph;
    private final List<Integer> imageShape;
    private final List<Integer> mapShape;
    private final String last;

    Dl4jProbe(NetworkBlueprint blueprint, Map<String, Tensor> weights) {
        this.graph = new ComputationGraph(GraphTranslation.translateProbe(blueprint, DataType.FLOAT));
        graph.init();
        WeightLayout.setWeights(graph, weights);
        this.imageShape = blueprint.inputShape();
        this.last = blueprint.layers().get(blueprint.layers().size() - 1).name();
        this.mapShape = blueprint.layer(last).outputShape();
    }

    @Override
    public Answer ask(float[] images, int[] channels) {
        int plane = mapShape.get(1) * mapShape.get(2);
        float[] errors = new float[channels.length * mapShape.get(0) * plane];
        for (int image = 0; image < channels.length; image++) {
            int from = (image * mapShape.get(0) + channels[image]) * plane;
            java.util.Arrays.fill(errors, from, from + plane, 1f / plane);
        }
        try (INDArray input = array(images, channels.length, imageShape);
                INDArray error = array(errors, channels.length, mapShape)) {
            float[] map = graph.feedForward(new INDArray[] {input}, true, false)
                    .get(last)
                    .dup('c')
                    .data()
                    .asFloat();
            graph.backpropGradient(error);
            float[] gradients = ((InputTap.Tapping) graph.getLayer(GraphTranslation.TAP)).tapped();
            return new Answer(means(map, channels, plane), gradients);
        }
    }

    @Override
    public void close() {
        graph.close();
    }

    private float[] means(float[] map, int[] channels, int plane) {
        float[] means = new float[channels.length];
        for (int image = 0; image < channels.length; image++) {
            int from = (image * mapShape.get(0) + channels[image]) * plane;
            double sum = 0;
            for (int i = from; i < from + plane; i++) {
                sum += map[i];
            }
            means[image] = (float) (sum / plane);
        }
        return means;
    }

    private static INDArray array(float[] values, int images, List<Integer> shape) {
        return Nd4j.create(values, new long[] {images, shape.get(0), shape.get(1), shape.get(2)}, 'c');
    }
}

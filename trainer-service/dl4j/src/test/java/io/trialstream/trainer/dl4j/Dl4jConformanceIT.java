package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.conformance.ForwardConformance;
import io.trialstream.trainer.conformance.TrainingConformance;
import io.trialstream.trainer.conformance.UpdateConformance;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L2Regularization;

class Dl4jConformanceIT implements ForwardConformance, UpdateConformance, TrainingConformance {

    private static final Dl4jEngine ENGINE = new Dl4jEngine();

    @Override
    public Engine engine() {
        return ENGINE;
    }

    /** DL4J's gradient is that of the cross-entropy, summed over the batch; the penalty's comes with the update. */
    @Override
    public Map<String, Tensor> gradients(EngineRun run, ImageBatch batch) {
        ComputationGraph graph = ((Dl4jRun) run).graph();
        INDArray images = Nd4j.create(batch.pixels(), new long[] {batch.size(), 2, 6, 6}, 'c');
        graph.setInputs(images);
        graph.setLabels(oneHot(graph, 0, batch.fine()), oneHot(graph, 1, batch.coarse()));
        graph.computeGradientAndScore();
        Map<String, INDArray> slopes = new LinkedHashMap<>();
        graph.gradient().gradientForVariable().forEach((key, gradient) -> {
            if (!key.endsWith("_mean") && !key.endsWith("_var")) {
                INDArray slope = gradient.div(batch.size());
                if (key.endsWith("_W")) {
                    slope.addi(graph.paramTable().get(key).mul(l2(graph, key)));
                }
                slopes.put(key, slope);
            }
        });
        return WeightLayout.renamed(slopes);
    }

    /** What the update multiplies the weights with: twice the blueprint's factor. */
    private static double l2(ComputationGraph graph, String key) {
        Layer layer = graph.getLayer(key.substring(0, key.lastIndexOf('_')));
        return ((BaseLayer) layer.conf().getLayer())
                .getRegularization().stream()
                        .filter(L2Regularization.class::isInstance)
                        .mapToDouble(l2 -> ((L2Regularization) l2).getL2().valueAt(0, 0))
                        .sum();
    }

    private static INDArray oneHot(ComputationGraph graph, int head, int[] labels) {
        long classes = graph.getOutputLayer(head).getParam("b").length();
        INDArray values = Nd4j.zeros(labels.length, classes);
        for (int i = 0; i < labels.length; i++) {
            values.putScalar(i, labels[i], 1);
        }
        return values;
    }
}

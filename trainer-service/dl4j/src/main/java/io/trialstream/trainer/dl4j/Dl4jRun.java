package io.trialstream.trainer.dl4j;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.HeadScore;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A computation graph in training. Batches' arrays live off the heap and are freed at once: left to the garbage
 * collector, which does not see their size, they pile up.
 */
final class Dl4jRun implements EngineRun {

    private static final String WEIGHTS = "weights";
    private static final String OPTIMIZER = "optimizer";
    private static final String KEPT = "kept";

    private final ComputationGraph graph;
    private final List<Integer> imageShape;
    private final HeadLoss fine;
    private final HeadLoss coarse;
    private final int fineClasses;
    private final int coarseClasses;
    private final StepRate rate;
    private final double labelSmoothing;
    private INDArray kept;
    private boolean closed;

    /**
     * @param graph initialised, its outputs the fine and the coarse head, in this order
     * @param rate where the graph's updaters take each step's learning rate from
     */
    Dl4jRun(ComputationGraph graph, NetworkBlueprint blueprint, StepRate rate, double labelSmoothing) {
        this.graph = graph;
        this.rate = rate;
        this.labelSmoothing = labelSmoothing;
        this.imageShape = blueprint.inputShape();
        this.fine = lossOf(graph, 0);
        this.coarse = lossOf(graph, 1);
        this.fineClasses = classesOf(graph, blueprint, 0);
        this.coarseClasses = classesOf(graph, blueprint, 1);
    }

    ComputationGraph graph() {
        return graph;
    }

    @Override
    public void beginEpoch(long seed) {
        Nd4j.getRandom().setSeed(seed);
    }

    @Override
    public BatchScore train(ImageBatch batch, double learningRate) {
        rate.set(learningRate);
        fine.expect(batch.fine());
        coarse.expect(batch.coarse());
        try (INDArray images = images(batch);
                INDArray fineLabels = targets(batch.fine(), fineClasses);
                INDArray coarseLabels = targets(batch.coarse(), coarseClasses)) {
            graph.fit(new INDArray[] {images}, new INDArray[] {fineLabels, coarseLabels});
        }
        return new BatchScore(fine.score(), coarse.score());
    }

    @Override
    public BatchScore evaluate(ImageBatch batch) {
        try (INDArray images = images(batch)) {
            INDArray[] outputs = graph.output(false, images);
            try (INDArray fineOutput = outputs[0];
                    INDArray coarseOutput = outputs[1]) {
                return new BatchScore(
                        HeadScore.of(values(fineOutput), batch.fine(), fineClasses),
                        HeadScore.of(values(coarseOutput), batch.coarse(), coarseClasses));
            }
        }
    }

    @Override
    public Map<String, float[]> activations(ImageBatch batch) {
        Map<String, float[]> activations = new LinkedHashMap<>();
        try (INDArray images = images(batch)) {
            graph.feedForward(images, false).forEach((layer, values) -> activations.put(layer, values(values)));
        }
        return activations;
    }

    @Override
    public void keepWeights() {
        if (kept == null) {
            kept = graph.params().dup();
        } else {
            kept.assign(graph.params());
        }
    }

    @Override
    public void restoreKeptWeights() {
        if (kept == null) {
            throw new IllegalStateException("no weights were kept");
        }
        graph.params().assign(kept);
    }

    @Override
    public void save(StateSink sink) {
        sink.put(WEIGHTS, copied(graph.params()));
        sink.put(OPTIMIZER, copied(optimizerState()));
        if (kept != null) {
            sink.put(KEPT, copied(kept));
        }
    }

    @Override
    public void restore(StateSource source, long steps) {
        float[] weights = source.floats(WEIGHTS);
        requireLength(WEIGHTS, weights, graph.numParams());
        float[] optimizer = source.floats(OPTIMIZER);
        requireLength(OPTIMIZER, optimizer, optimizerState().length());
        assign(graph.params(), weights);
        assign(optimizerState(), optimizer);
        if (source.has(KEPT)) {
            float[] keptWeights = source.floats(KEPT);
            requireLength(KEPT, keptWeights, graph.numParams());
            kept = graph.params().dup();
            assign(kept, keptWeights);
        }
        graph.getConfiguration().setIterationCount(Math.toIntExact(steps));
    }

    @Override
    public Map<String, Tensor> weights() {
        return WeightLayout.weights(graph);
    }

    @Override
    public void setWeights(Map<String, Tensor> weights) {
        WeightLayout.setWeights(graph, weights);
    }

    private INDArray optimizerState() {
        return graph.getUpdater(true).getUpdaterStateViewArray();
    }

    private static float[] copied(INDArray values) {
        try (INDArray copy = values.dup(values.ordering())) {
            return copy.data().asFloat();
        }
    }

    private static void requireLength(String name, float[] values, long length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " has " + values.length + " values, the network needs " + length);
        }
    }

    private static void assign(INDArray target, float[] values) {
        try (INDArray given = Nd4j.create(values, target.shape(), target.ordering())) {
            target.assign(given);
        }
    }

    /** On the thread that trained, it frees the working memory too. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (kept != null) {
            kept.close();
        }
        graph.close();
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }

    private INDArray images(ImageBatch batch) {
        return Nd4j.create(
                batch.pixels(),
                new long[] {batch.size(), imageShape.get(0), imageShape.get(1), imageShape.get(2)},
                'c');
    }

    private INDArray targets(int[] labels, int classes) {
        float[] values = new float[labels.length * classes];
        Arrays.fill(values, (float) (labelSmoothing / classes));
        for (int i = 0; i < labels.length; i++) {
            values[i * classes + labels[i]] = (float) (1 - labelSmoothing + labelSmoothing / classes);
        }
        return Nd4j.create(values, new long[] {labels.length, classes}, 'c');
    }

    private static float[] values(INDArray output) {
        return output.castTo(DataType.FLOAT).dup('c').data().asFloat();
    }

    private static HeadLoss lossOf(ComputationGraph graph, int head) {
        return (HeadLoss) ((BaseOutputLayer) graph.getOutputLayer(head).conf().getLayer()).getLossFn();
    }

    private static int classesOf(ComputationGraph graph, NetworkBlueprint blueprint, int head) {
        return blueprint
                .layer(graph.getConfiguration().getNetworkOutputs().get(head))
                .outputShape()
                .get(0);
    }
}

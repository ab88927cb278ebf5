package io.trialstream.trainer.dl4j;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A blueprint in DL4J's terms, where they differ from the blueprint's: L2 is given doubled (DL4J halves the term),
 * dropout as the probability to keep, batch normalisation with Keras's momentum 0.99 and epsilon 1e-3 and its variance
 * stored as it is. Layers keep their names.
 */
final class GraphTranslation {

    /** What a probe's input layer is named: as every blueprint's. */
    static final String TAP = "input";

    static final double BATCH_NORM_MOMENTUM = 0.99;
    static final double BATCH_NORM_EPSILON = 1e-3;
    private static final double ADAM_BETA1 = 0.9;
    private static final double ADAM_BETA2 = 0.999;

    private final GraphBuilder graph;
    private final Map<String, List<Integer>> shapes = new HashMap<>();
    private final List<String> heads = new ArrayList<>();

    private GraphTranslation(GraphBuilder graph) {
        this.graph = graph;
    }

    /**
     * @param rate gives the updaters each step's learning rate
     * @param dataType float to train; double for gradient checks
     */
    static ComputationGraphConfiguration translate(
            NetworkBlueprint blueprint, OptimizerKind optimizer, StepRate rate, DataType dataType) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(dataType)
                // All weights are set afterwards; zeros cost least.
                .weightInit(WeightInit.ZERO)
                .updater(updater(optimizer, rate))
                .graphBuilder();
        GraphTranslation translation = new GraphTranslation(builder);
        blueprint.layers().forEach(translation::add);
        return builder.setOutputs(translation.heads.toArray(String[]::new)).build();
    }

    /** A network of feature maps whose last layer is its output and whose input's gradient is kept. */
    static ComputationGraphConfiguration translateProbe(NetworkBlueprint blueprint, DataType dataType) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(dataType)
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .weightInit(WeightInit.ZERO)
                .updater(new NoOp())
                .graphBuilder();
        GraphTranslation translation = new GraphTranslation(builder);
        for (BlueprintLayer layer : blueprint.layers()) {
            if (layer instanceof BlueprintLayer.Input) {
                List<Integer> shape = layer.outputShape();
                builder.addInputs("image")
                        .setInputTypes(InputType.convolutional(shape.get(1), shape.get(2), shape.get(0)))
                        .addLayer(layer.name(), new InputTap(), "image");
            } else {
                translation.add(layer);
            }
        }
        return builder.setOutputs(
                        blueprint.layers().get(blueprint.layers().size() - 1).name())
                .build();
    }

    static IUpdater updater(OptimizerKind optimizer, StepRate rate) {
        return switch (optimizer) {
            case ADAM -> Adam.builder()
                    .learningRateSchedule(rate)
                    .beta1(ADAM_BETA1)
                    .beta2(ADAM_BETA2)
                    .epsilon(KerasRule.EPSILON)
                    .build();
            case NADAM -> KerasRule.nadam(rate);
            case RMSPROP -> KerasRule.rmsProp(rate);
        };
    }

    private void add(BlueprintLayer layer) {
        shapes.put(layer.name(), layer.outputShape());
        String[] from = layer.inputs().toArray(String[]::new);
        if (layer instanceof BlueprintLayer.Input input) {
            List<Integer> shape = input.outputShape();
            graph.addInputs(input.name())
                    .setInputTypes(InputType.convolutional(shape.get(1), shape.get(2), shape.get(0)));
        } else if (layer instanceof BlueprintLayer.Convolution convolution) {
            graph.addLayer(layer.name(), convolution(convolution), from);
        } else if (layer instanceof BlueprintLayer.BatchNormalization) {
            graph.addLayer(
                    layer.name(),
                    new BatchNormalization.Builder(BATCH_NORM_MOMENTUM, true)
                            .eps(BATCH_NORM_EPSILON)
                            .lockGammaBeta(false)
                            .useLogStd(false)
                            .build(),
                    from);
        } else if (layer instanceof BlueprintLayer.Pooling pooling) {
            graph.addLayer(layer.name(), pooling(pooling), from);
        } else if (layer instanceof BlueprintLayer.Dropout dropout) {
            graph.addLayer(layer.name(), dropout(dropout), from);
        } else if (layer instanceof BlueprintLayer.Dense dense) {
            graph.addLayer(
                    layer.name(),
                    new DenseLayer.Builder()
                            .nOut(dense.units())
                            .activation(activation(dense.activation()))
                            .l2(2 * dense.l2())
                            .build(),
                    from);
        } else if (layer instanceof BlueprintLayer.Head head) {
            heads.add(head.name());
            graph.addLayer(
                    layer.name(),
                    new OutputLayer.Builder(new HeadLoss(head.units(), head.lossWeight()))
                            .nOut(head.units())
                            .activation(activation(head.activation()))
                            .l2(2 * head.l2())
                            .build(),
                    from);
        } else {
            addShaping(layer, from);
        }
    }

    private void addShaping(BlueprintLayer layer, String[] from) {
        if (layer instanceof BlueprintLayer.Add) {
            graph.addVertex(layer.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), from);
        } else if (layer instanceof BlueprintLayer.Concatenate) {
            graph.addVertex(layer.name(), new MergeVertex(), from);
        } else if (layer instanceof BlueprintLayer.Flatten) {
            List<Integer> shape = shapes.get(from[0]);
            graph.addVertex(
                    layer.name(),
                    new PreprocessorVertex(new CnnToFeedForwardPreProcessor(shape.get(1), shape.get(2), shape.get(0))),
                    from);
        } else {
            throw new IllegalArgumentException("DL4J has no translation of " + layer);
        }
    }

    private static DropoutLayer dropout(BlueprintLayer.Dropout layer) {
        double retained = 1 - layer.rate();
        return (layer.alpha()
                        ? new DropoutLayer.Builder(new AlphaDropout(retained))
                        : new DropoutLayer.Builder(retained))
                .build();
    }

    private static OutputConvolution convolution(BlueprintLayer.Convolution layer) {
        IActivation activation =
                switch (layer.activation()) {
                    case ELU -> new EluOfOutput();
                    case SELU -> new SeluOfOutput();
                    default -> activation(layer.activation()).getActivationFunction();
                };
        return new OutputConvolution(new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
                .stride(layer.stride(), layer.stride())
                .convolutionMode(ConvolutionMode.Same)
                .nOut(layer.filters())
                .activation(activation)
                .l2(2 * layer.l2()));
    }

    private static SubsamplingLayer pooling(BlueprintLayer.Pooling layer) {
        PoolingType type = layer.kind() == BlueprintLayer.Pooling.Kind.MAX ? PoolingType.MAX : PoolingType.AVG;
        return new SubsamplingLayer.Builder(type)
                .kernelSize(layer.kernel(), layer.kernel())
                .stride(layer.stride(), layer.stride())
                .convolutionMode(layer.samePadding() ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                .build();
    }

    private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
        return switch (activation) {
            case LINEAR -> org.nd4j.linalg.activations.Activation.IDENTITY;
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case ELU -> org.nd4j.linalg.activations.Activation.ELU;
            case SELU -> org.nd4j.linalg.activations.Activation.SELU;
            case SOFTMAX -> org.nd4j.linalg.activations.Activation.SOFTMAX;
        };
    }
}

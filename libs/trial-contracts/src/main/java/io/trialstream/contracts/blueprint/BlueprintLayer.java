package io.trialstream.contracts.blueprint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;

/**
 * One layer of a {@link NetworkBlueprint}. In JSON an object whose {@code type} names the case. Shapes are without the
 * batch: {@code [channels, height, width]} for a feature map, {@code [units]} for a vector.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BlueprintLayer.Input.class, name = "input"),
    @JsonSubTypes.Type(value = BlueprintLayer.Convolution.class, name = "convolution"),
    @JsonSubTypes.Type(value = BlueprintLayer.BatchNormalization.class, name = "batch-normalization"),
    @JsonSubTypes.Type(value = BlueprintLayer.Pooling.class, name = "pooling"),
    @JsonSubTypes.Type(value = BlueprintLayer.Dropout.class, name = "dropout"),
    @JsonSubTypes.Type(value = BlueprintLayer.Add.class, name = "add"),
    @JsonSubTypes.Type(value = BlueprintLayer.Concatenate.class, name = "concatenate"),
    @JsonSubTypes.Type(value = BlueprintLayer.Flatten.class, name = "flatten"),
    @JsonSubTypes.Type(value = BlueprintLayer.Dense.class, name = "dense"),
    @JsonSubTypes.Type(value = BlueprintLayer.Head.class, name = "head")
})
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface BlueprintLayer {

    /** Unique in its blueprint. */
    String name();

    /** Names of the layers whose outputs it reads, each earlier in the blueprint's list. */
    List<String> inputs();

    /** Shape of its output, without the batch. */
    List<Integer> outputShape();

    /** How many values its output has. */
    default long outputValues() {
        return outputShape().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** Weights, biases, and for batch normalisation its running statistics. */
    default long parameters() {
        return 0;
    }

    /** Where the images come in. */
    record Input(String name, List<Integer> outputShape) implements BlueprintLayer {
        /** Validates and copies. */
        public Input {
            Objects.requireNonNull(name, "name");
            outputShape = checkedShape(name, outputShape);
        }

        @Override
        public List<String> inputs() {
            return List.of();
        }
    }

    /**
     * A two-dimensional convolution with bias and same padding, square kernel.
     *
     * @param filters output channels
     * @param kernel edge length of the kernel in pixels
     * @param stride in both directions
     * @param l2 factor of the sum of squared kernel weights that is added to the loss (Keras's convention)
     * @param parameters weights and biases
     */
    record Convolution(
            String name,
            List<String> inputs,
            List<Integer> outputShape,
            int filters,
            int kernel,
            int stride,
            Activation activation,
            double l2,
            long parameters)
            implements BlueprintLayer {
        /** Validates and copies. */
        public Convolution {
            inputs = checkedInputs(name, inputs, 1);
            outputShape = checkedShape(name, outputShape);
            positive(name, "filters", filters);
            positive(name, "kernel", kernel);
            positive(name, "stride", stride);
            Objects.requireNonNull(activation, "activation");
        }
    }

    /**
     * Batch normalisation over channels.
     *
     * @param parameters scale, shift, running mean and running variance, of which the last two are not trained
     */
    record BatchNormalization(String name, List<String> inputs, List<Integer> outputShape, long parameters)
            implements BlueprintLayer {
        /** Validates and copies. */
        public BatchNormalization {
            inputs = checkedInputs(name, inputs, 1);
            outputShape = checkedShape(name, outputShape);
        }
    }

    /**
     * Pooling over square windows.
     *
     * @param kind of the reduction
     * @param samePadding whether the map is padded so that its size is divided by the stride and rounded up; else only
     *     whole windows count
     */
    record Pooling(
            String name,
            List<String> inputs,
            List<Integer> outputShape,
            Kind kind,
            int kernel,
            int stride,
            boolean samePadding)
            implements BlueprintLayer {

        /** What a window is reduced to. */
        public enum Kind {
            /** Its greatest value. */
            @JsonProperty("max")
            MAX,
            /** Its mean. */
            @JsonProperty("avg")
            AVG
        }

        /** Validates and copies. */
        public Pooling {
            inputs = checkedInputs(name, inputs, 1);
            outputShape = checkedShape(name, outputShape);
            Objects.requireNonNull(kind, "kind");
            positive(name, "kernel", kernel);
            positive(name, "stride", stride);
        }
    }

    /**
     * Dropout, active in training only: inverted (what is kept is divided by 1 - rate), or the alpha dropout of SELU
     * networks, which keeps mean and variance: with p = -1.7580993408473766, SELU's limit for small values, a value is
     * kept or becomes p, and then y = a x + b, a = ((1 - rate) (1 + rate p^2))^(-1/2), b = -a rate p.
     *
     * @param rate probability that a value is dropped, within (0, 1)
     * @param alpha whether it is alpha dropout
     */
    record Dropout(
            String name,
            List<String> inputs,
            List<Integer> outputShape,
            double rate,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY) boolean alpha)
            implements BlueprintLayer {

        /** Inverted dropout. */
        public Dropout(String name, List<String> inputs, List<Integer> outputShape, double rate) {
            this(name, inputs, outputShape, rate, false);
        }

        /** Validates and copies. */
        public Dropout {
            inputs = checkedInputs(name, inputs, 1);
            outputShape = checkedShape(name, outputShape);
            if (!(rate > 0 && rate < 1)) {
                throw new IllegalArgumentException(name + ": rate is outside (0, 1): " + rate);
            }
        }
    }

    /** Sum of two feature maps of equal shape. */
    record Add(String name, List<String> inputs, List<Integer> outputShape) implements BlueprintLayer {
        /** Validates and copies. */
        public Add {
            inputs = checkedInputs(name, inputs, 2);
            outputShape = checkedShape(name, outputShape);
        }
    }

    /** Feature maps of equal height and width, one behind the other along the channels, in the order of the inputs. */
    record Concatenate(String name, List<String> inputs, List<Integer> outputShape) implements BlueprintLayer {
        /** Validates and copies. */
        public Concatenate {
            Objects.requireNonNull(name, "name");
            inputs = List.copyOf(inputs);
            outputShape = checkedShape(name, outputShape);
        }
    }

    /** A feature map as a vector. */
    record Flatten(String name, List<String> inputs, List<Integer> outputShape) implements BlueprintLayer {
        /** Validates and copies. */
        public Flatten {
            inputs = checkedInputs(name, inputs, 1);
            outputShape = checkedShape(name, outputShape);
        }
    }

    /**
     * A fully connected layer with bias.
     *
     * @param l2 as in {@link Convolution}
     */
    record Dense(
            String name,
            List<String> inputs,
            List<Integer> outputShape,
            int units,
            Activation activation,
            double l2,
            long parameters)
            implements BlueprintLayer {
        /** Validates and copies. */
        public Dense {
            inputs = checkedInputs(name, inputs, 1);
            outputShape = checkedShape(name, outputShape);
            positive(name, "units", units);
            Objects.requireNonNull(activation, "activation");
        }
    }

    /**
     * An output: a fully connected layer with softmax and cross-entropy.
     *
     * @param units the classes
     * @param lossWeight factor of its cross-entropy in the loss
     * @param l2 as in {@link Convolution}
     */
    record Head(
            String name,
            List<String> inputs,
            List<Integer> outputShape,
            int units,
            Activation activation,
            double lossWeight,
            double l2,
            long parameters)
            implements BlueprintLayer {
        /** Validates and copies. */
        public Head {
            inputs = checkedInputs(name, inputs, 1);
            outputShape = checkedShape(name, outputShape);
            positive(name, "units", units);
            Objects.requireNonNull(activation, "activation");
        }
    }

    private static List<String> checkedInputs(String name, List<String> inputs, int expected) {
        Objects.requireNonNull(name, "name");
        if (inputs.size() != expected) {
            throw new IllegalArgumentException(name + ": inputs must be " + expected + ": " + inputs);
        }
        return List.copyOf(inputs);
    }

    private static List<Integer> checkedShape(String name, List<Integer> shape) {
        if (shape.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(name + ": outputShape has an empty side: " + shape);
        }
        return List.copyOf(shape);
    }

    private static void positive(String name, String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + field + " is not positive: " + value);
        }
    }
}

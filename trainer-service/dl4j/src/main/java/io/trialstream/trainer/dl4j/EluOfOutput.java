package io.trialstream.trainer.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The exponential linear unit y = x for x &gt; 0, exp(x) - 1 otherwise, whose slope is taken from its output: 1 for y
 * &gt; 0, y + 1 otherwise. Only for layers that pass their output back ({@link OutputConvolution}); saves an
 * exponential a value.
 */
final class EluOfOutput extends ActivationELU {

    private static final long serialVersionUID = 1L;

    /** In place: whoever read the output has had its backward pass before. */
    @Override
    public Pair<INDArray, INDArray> backprop(INDArray output, INDArray epsilon) {
        assertShape(output, epsilon);
        return new Pair<>(Transforms.min(output, 0.0, false).addi(1.0).muli(epsilon), null);
    }
}

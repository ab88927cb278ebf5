package io.trialstream.trainer.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The scaled exponential linear unit, whose slope is taken from its output y: s for y &gt; 0, y + s a otherwise. Only
 * for layers that pass their output back ({@link OutputConvolution}); saves an exponential a value.
 */
final class SeluOfOutput extends ActivationSELU {

    private static final long serialVersionUID = 1L;

    private static final double SCALE = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    /** In place: whoever read the output has had its backward pass before. */
    @Override
    public Pair<INDArray, INDArray> backprop(INDArray output, INDArray epsilon) {
        assertShape(output, epsilon);
        try (INDArray positive = output.gt(0);
                INDArray mask = positive.castTo(output.dataType())) {
            INDArray slope = Transforms.min(output, 0.0, false).addi(SCALE * ALPHA);
            slope.subi(mask.muli(SCALE * ALPHA - SCALE));
            return new Pair<>(slope.muli(epsilon), null);
        }
    }
}

package io.trialstream.trainer.training;

import java.util.List;

/**
 * An array of numbers. The values are handed over, not copied.
 *
 * @param shape its sides
 * @param values in row-major order: the last side's neighbours are neighbours
 */
public record Tensor(List<Integer> shape, float[] values) {

    /** Validates that the values fill the shape. */
    public Tensor {
        shape = List.copyOf(shape);
        if (shape.stream().reduce(1, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + shape + " cannot have " + values.length + " values");
        }
    }
}

package io.trialstream.space;

import java.util.Objects;

/**
 * One random variable of a space.
 *
 * @param index its position in {@link SearchSpace#parameters()}, and in every array that is indexed by parameter
 * @param label its name, unique in the space
 * @param path where it was first written, such as {@code space.residual.choice[1]}
 * @param distribution its prior
 * @param activation when it takes part
 */
public record Parameter(int index, String label, String path, Distribution distribution, Activation activation) {
    public Parameter {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(distribution, "distribution");
        Objects.requireNonNull(activation, "activation");
    }
}

package io.trialstream.importance;

import java.util.Objects;

/**
 * How much one parameter decides.
 *
 * @param label the parameter
 * @param share its part of the whole; the shares of all parameters sum to 1 (all are 0 if nothing can be told)
 * @param divergence Pearson's divergence of its values in the best trials from those in all, before scaling
 * @param trials in how many trials it was active
 */
public record ParameterImportance(String label, double share, double divergence, int trials) {
    public ParameterImportance {
        Objects.requireNonNull(label, "label");
    }
}
